import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { compress } from './compress.ts';
import { renewed } from './renewed.ts';

/**
 * Bundles what pages load: their style and script, each with its hash in its name, and embed.js, whose name never
 * changes since other sites refer to it; what it loads later has a hash again. A manifest tells the server the names.
 * @param folders `project` has package-lock.json and src; `target` receives all, and is replaced as a whole
 * @returns the line to print; undefined when nothing had to be done: all is fresh, or this is an installed package
 * @throws Error when Vite is needed and not installed
 */
export async function bundleSite({
  project,
  target,
}: {
  project: string;
  target: string;
}): Promise<string | undefined> {
  const web = join(project, 'src', 'web');
  if (!existsSync(web)) return undefined;
  const started = performance.now();
  const inputs = ['src/web/pages', 'src/web/embed', 'src/client', 'package-lock.json'].map((path) =>
    join(project, path),
  );
  const shared = readdirSync(web).filter((file) => file.endsWith('.ts'));
  const made = await renewed(target, [...inputs, ...shared.map((file) => join(web, file))], async (draft) => {
    const { build } = await import('vite');
    await build({
      configFile: false,
      root: web,
      base: '/',
      mode: 'production',
      logLevel: 'error',
      publicDir: false,
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: draft,
        emptyOutDir: true,
        manifest: 'manifest.json',
        sourcemap: false,
        target: 'es2022',
        modulePreload: false,
        reportCompressedSize: false,
        rollupOptions: {
          input: { pages: join(web, 'pages/main.ts'), embed: join(web, 'embed/embed.ts') },
          output: {
            entryFileNames: ({ name }) => (name === 'embed' ? 'embed.js' : 'assets/[name]-[hash].js'),
            chunkFileNames: 'assets/[name]-[hash].js',
            assetFileNames: 'assets/[name]-[hash][extname]',
          },
        },
      },
    });
    compress(join(draft, 'assets'));
    return compress(draft);
  });
  if (!made) return undefined;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return `Built what the pages load in ${seconds} s.`;
}
