import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { compress } from './compress.ts';
import { licences } from './licences.ts';
import { renewed } from './renewed.ts';

/**
 * Bundles what pages load: their style and script, each with its hash in its name, and what other sites refer to by
 * names that never change: embed.js, all that it needs at first in one file, and embed.css. What embed.js loads later
 * has a hash again. A manifest tells the server the names of the pages' files.
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
  const shared = readdirSync(web).filter((file) => /\.(ts|css)$/.test(file));
  const made = await renewed(target, [...inputs, ...shared.map((file) => join(web, file))], async (draft) => {
    await bundle(web, draft, { pages: join(web, 'pages/main.ts') });
    // Apart from the pages: whatever both need would else lie in a file that embed.js waits for.
    await bundle(web, draft, { embed: join(web, 'embed/embed.ts') });
    copyFileSync(join(web, 'embed/embed.css'), join(draft, 'embed.css'));
    copyFileSync(join(web, 'pages/card.png'), join(draft, 'card.png'));
    compress(join(draft, 'assets'));
    return compress(draft);
  });
  if (!made) return undefined;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return `Built what the pages load in ${seconds} s.`;
}

async function bundle(root: string, outDir: string, input: { pages: string } | { embed: string }): Promise<void> {
  const { build } = await import('vite');
  const isEmbedded = 'embed' in input;
  await build({
    configFile: false,
    root,
    // In a page of another site, "/" is not here.
    base: isEmbedded ? './' : '/',
    mode: 'production',
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: isEmbedded ? [licences('embed-licences.txt')] : [],
    build: {
      outDir,
      emptyOutDir: false,
      manifest: !isEmbedded && 'manifest.json',
      sourcemap: false,
      target: 'es2022',
      // These know light-dark(); a fallback for older ones follows the system only, not the page.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      modulePreload: false,
      reportCompressedSize: false,
      rollupOptions: {
        input,
        output: {
          entryFileNames: isEmbedded ? '[name].js' : 'assets/[name]-[hash].js',
          chunkFileNames: 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
          postBanner: isEmbedded ? '/*! The licences of the libraries in here: embed-licences.txt */' : '',
        },
      },
    },
  });
}
