import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @param name of a program for threads
 * @returns its file: built beside this one, or in dist where this is the source
 */
export function programOf(name: 'answering' | 'exporting'): string {
  const files = [`./${name}.js`, `../../dist/threads/${name}.js`].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return files.find((file) => existsSync(file)) ?? files[0] ?? name;
}
