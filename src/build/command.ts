import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { licences } from './licences.ts';
import { renewed } from './renewed.ts';

/**
 * Puts the compiled command and the libraries that it uses into few files, so that it starts in less than half the
 * time: what takes long is to find and open a thousand of them.
 * @param project the folder of package-lock.json, src and dist; the command goes into dist/command, which is as deep as
 *   the rooms are, since they find what the package ships from where they lie
 * @returns whether anything had to be done; nothing is in an installed package, which has no sources
 */
export async function bundleCommand(project: string): Promise<boolean> {
  const source = join(project, 'src');
  if (!existsSync(source)) return false;
  const made = await renewed(
    join(project, 'dist/command'),
    [source, join(project, 'package-lock.json')],
    async (draft) => {
      const { build } = await import('vite');
      await build({
        configFile: false,
        root: project,
        mode: 'production',
        logLevel: 'error',
        publicDir: false,
        plugins: [licences()],
        // SQLite is compiled for the machine; threads are started by a file of Piscina's own.
        ssr: { noExternal: true, external: ['better-sqlite3', 'piscina'] },
        build: {
          ssr: true,
          outDir: draft,
          emptyOutDir: true,
          // Whoever reads a stack finds the names; comments and blanks only take time to start.
          minify: false,
          target: 'node20',
          rollupOptions: {
            input: {
              main: join(project, 'dist/cli/main.js'),
              answering: join(project, 'dist/threads/answering.js'),
              exporting: join(project, 'dist/threads/exporting.js'),
            },
            // All in one folder: none deeper than the rooms.
            output: {
              entryFileNames: '[name].js',
              chunkFileNames: '[name]-[hash].js',
              minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
            },
          },
        },
      });
      // npm makes it executable when it installs it, and npx in a clone takes it as it is.
      chmodSync(join(draft, 'main.js'), 0o755);
      return true;
    },
  );
  return made ?? false;
}
