import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

/**
 * Makes a folder anew when what it is made of, or Vite's version, changed since the last time. What was there stays
 * until the new one is whole.
 * @param target the folder; replaced as a whole
 * @param inputs files and folders that it is made of
 * @param make fills a draft of it
 * @returns what `make` returns; undefined when nothing had to be done
 * @throws Error when it must be made and Vite is not installed, and what `make` throws
 */
export async function renewed<Made>(
  target: string,
  inputs: readonly string[],
  make: (draft: string) => Promise<Made>,
): Promise<Made | undefined> {
  const built = join(target, '.stamp');
  const vite = viteVersion();
  if (vite === undefined) {
    if (existsSync(built)) return undefined;
    throw new Error(
      `The ${basename(target)} is not built and Vite is not installed: run "npm ci" (without --omit=dev), then "npm run build".`,
    );
  }
  const stamp = fingerprint(inputs, vite);
  if (existsSync(built) && readFileSync(built, 'utf8') === stamp) return undefined;
  const draft = `${target}.${randomUUID()}`;
  try {
    const made = await make(draft);
    writeFileSync(join(draft, '.stamp'), stamp);
    replace(target, draft);
    return made;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Two builds at once each finish their own draft; the last one stays. */
function replace(target: string, draft: string): void {
  for (let left = 10; ; left -= 1) {
    rmSync(target, { recursive: true, force: true });
    try {
      renameSync(draft, target);
      return;
    } catch (error) {
      // The other build put its own there since the line above.
      if (left === 0 || !existsSync(target)) throw error;
    }
  }
}

function viteVersion(): string | undefined {
  try {
    const manifest: unknown = createRequire(import.meta.url)('vite/package.json');
    return JSON.stringify(manifest);
  } catch {
    return undefined;
  }
}

function fingerprint(paths: readonly string[], ...words: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(words));
  for (const path of paths) {
    for (const file of filesOf(path)) {
      const content = readFileSync(file);
      hash.update(`\n${relative(dirname(path), file)} ${content.length}\n`).update(content);
    }
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}
