import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { scratchFolder } from '../store/scratch.ts';

/** Why nothing can be mounted here; undefined where it can. */
export const whyNoMount = ((): string | undefined => {
  const folder = join('/tmp', `expograph-mount-${process.pid}`);
  try {
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'pipe' });
    execFileSync('umount', [folder]);
    return undefined;
  } catch (error) {
    return `this user cannot mount: ${String(error instanceof Error ? error.message : error).replaceAll(/\s+/g, ' ')}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
})();

/** Says aloud what is not tested here. @returns whether it cannot be */
export function isSkipped(what: string, why: string | undefined): boolean {
  if (why !== undefined) console.warn(`Not tested: ${what}, because ${why}.`);
  return why !== undefined;
}

/** A disk of so many bytes, gone when the test is done. @returns its folder, and what leaves only so many bytes free */
export function smallDisk(bytes: number): { folder: string; leave(free: number): void } {
  const folder = scratchFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  const ballast = join(folder, 'ballast');
  return {
    folder,
    leave(free) {
      rmSync(ballast, { force: true });
      const { bavail, bsize } = statfsSync(folder);
      const descriptor = openSync(ballast, 'w');
      try {
        for (let left = bavail * bsize - free; left > 0; left -= bsize)
          writeSync(descriptor, Buffer.alloc(Math.min(bsize, left)));
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

/** A second view of a folder, through which nothing can be written; gone when the test is done. */
export function readOnlyView(folder: string): string {
  const view = scratchFolder();
  execFileSync('mount', ['--bind', folder, view]);
  execFileSync('mount', ['-o', 'remount,ro,bind', view]);
  onTestFinished(() => void execFileSync('umount', ['--lazy', view]));
  return view;
}
