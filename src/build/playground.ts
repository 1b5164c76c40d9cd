import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Plugin } from 'vite';
import { compress } from './compress.ts';
import { licences } from './licences.ts';
import { renewed } from './renewed.ts';

/** Where the playground is read from and written to. */
export interface PlaygroundFolders {
  /** The folder of package-lock.json and src/web. */
  project: string;
  /** The folder of the ready questions (*.graphql). */
  operations: string;
  /** The folder that receives index.html and assets/; replaced as a whole. */
  target: string;
}

/**
 * Bundles the playground when its sources, the questions, the lock file or Vite's version changed since the last time.
 * Returns the line to print, or undefined when nothing had to be done: all is fresh, or this is an installed package without sources.
 * Throws when a question is not usable, or when Vite is needed and not installed.
 */
export async function bundlePlayground(folders: PlaygroundFolders): Promise<string | undefined> {
  const source = join(folders.project, 'src', 'web');
  if (!existsSync(source)) return undefined;
  const started = performance.now();
  const shared = readdirSync(source).filter((file) => file.endsWith('.ts'));
  const inputs = [...['playground', ...shared].map((name) => join(source, name)), folders.operations];
  inputs.push(join(folders.project, 'package-lock.json'));
  const made = await renewed(folders.target, inputs, async (draft) => {
    const questions = await bundle(join(source, 'playground'), folders.operations, draft);
    return { questions, bytes: compress(join(draft, 'assets')) };
  });
  if (!made) return undefined;
  const { questions, bytes } = made;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const size = `${(bytes.raw / 1e6).toFixed(1)} MB, ${(bytes.brotli / 1e6).toFixed(1)} MB compressed`;
  return `Built the playground in ${seconds} s: ${questions} ready question${questions === 1 ? '' : 's'}, ${size}.`;
}

async function bundle(root: string, operations: string, outDir: string): Promise<number> {
  const { bySubject, readQuestions } = await import('../web/questions.ts');
  const questions = readQuestions(operations);
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    base: '/playground/',
    mode: 'production',
    logLevel: 'error',
    publicDir: false,
    // Whatever NODE_ENV the caller has, visitors get React's production build.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    plugins: [
      licences(),
      {
        name: 'questions',
        resolveId: (id) => (id === 'virtual:questions' ? '\0questions' : undefined),
        load: (id) => (id === '\0questions' ? `export default ${JSON.stringify(bySubject(questions))}` : undefined),
      },
      mendedExplorer(),
    ],
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      sourcemap: false,
      target: 'es2022',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 5_000,
    },
  });
  return questions.length;
}

/**
 * Nobody keeps graphiql-explorer, which @graphiql/plugin-explorer shows. A list or null as an argument is an error in the
 * console there, what is chosen beneath a field is written to every alias of it, and opening it takes the focus away.
 */
function mendedExplorer(): Plugin {
  const mends = [
    [
      "if (argValue.kind === 'Variable') {",
      `if (argValue.kind === 'ListValue' || argValue.kind === 'NullValue') {
        input = React.createElement('code', null, (0, _graphql.print)(argValue));
      } else if (argValue.kind === 'Variable') {`,
    ],
    [
      "if (selection.kind === 'Field' && _this10.props.field.name === selection.name.value) {",
      'if (selection === _this10._getSelection()) {',
    ],
    [
      'if (input && activeElement && !(activeElement instanceof HTMLTextAreaElement)) {',
      "if (input && input.closest('.graphiql-explorer-root').contains(activeElement)) {",
    ],
  ] as const;
  return {
    name: 'mended-explorer',
    transform(code, id) {
      if (!/\/graphiql-explorer\/dist\/Explorer\.js$/.test(id.replaceAll('\\', '/'))) return undefined;
      return mends.reduce((text, [before, after]) => {
        if (text.split(before).length !== 2)
          this.error(`graphiql-explorer is another one now: no "${before}" to mend.`);
        return text.replace(before, () => after);
      }, code);
    },
  };
}
