import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * A plugin of Vite that lays the licences of all libraries in a bundle beside it, as LICENCES.txt or by another name:
 * they want to be where the libraries are.
 */
export function licences(name = 'LICENCES.txt'): Plugin {
  return {
    name: 'licences',
    writeBundle(options, bundle) {
      const packages = new Set(
        Object.values(bundle)
          .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
          .flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'))?.[0] ?? []),
      );
      const texts = [...packages].sort().map((folder) => {
        const name = folder.slice(folder.lastIndexOf('/node_modules/') + '/node_modules/'.length);
        const own = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
        const written = own.map((file) => readFileSync(join(folder, file), 'utf8').trim());
        return `${[name, ...(own.length > 0 ? written : [namedIn(folder)])].join('\n\n')}\n`;
      });
      writeFileSync(join(options.dir ?? dirname(options.file ?? ''), name), texts.join(`\n${'-'.repeat(72)}\n\n`));
    },
  };
}

/** Some tell their licence in package.json only. */
function namedIn(folder: string): string {
  const manifest: { license?: unknown } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `Licence: ${String(manifest.license)}`;
}
