import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** What `tsc --init` of TypeScript 7 writes, but for where things are and for skipLibCheck. */
const proposed = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUncheckedSideEffectImports: true,
  moduleDetection: 'force',
  jsx: 'react-jsx',
  declaration: true,
  declarationMap: true,
  sourceMap: true,
};

/** Somebody else's project, in a folder of its own, in which this package is installed as built. */
export interface Project {
  folder: string;
  write(path: string, text: string): void;
  /**
   * Compiles everything under src, as strictly as `tsc --init` proposes and with all declarations checked, to out.
   * @returns what the compiler complains of, a line each
   */
  compile(compilerOptions?: object): Promise<string[]>;
  /** Runs a compiled file. @returns what it prints */
  node(path: string, ...args: string[]): Promise<string>;
  remove(): void;
}

/** @param packages installed besides, with all that they need */
export function makeProject(packages: readonly string[] = []): Project {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-project-'));
  const project: Project = {
    folder,
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    async compile(compilerOptions = {}) {
      const options = { ...proposed, target: 'es2023', module: 'nodenext', rootDir: 'src', outDir: 'out' };
      const all = { ...options, lib: ['es2023'], types: ['node'], ...compilerOptions };
      project.write('tsconfig.json', JSON.stringify({ compilerOptions: all, include: ['src'] }));
      try {
        await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false'], {
          cwd: folder,
        });
        return [];
      } catch (error) {
        if (!(error instanceof Error && 'stdout' in error)) throw error;
        return String(error.stdout).trim().split('\n');
      }
    },
    async node(path, ...args) {
      const { stdout } = await run(process.execPath, [path, ...args], { cwd: folder });
      return stdout;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
  project.write('package.json', JSON.stringify({ type: 'module' }));
  for (const name of new Set(['@types/node', ...packages])) link(join(root, 'node_modules', name), name);
  link(root, 'expograph');
  return project;

  function link(target: string, name: string): void {
    const path = join(folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }
}
