import { createRequire } from 'node:module';

/** Without zod, which takes longer to load than the command line takes to show its help. */
function versionOf(manifest: unknown): string {
  if (
    typeof manifest === 'object' &&
    manifest !== null &&
    'version' in manifest &&
    typeof manifest.version === 'string'
  )
    return manifest.version;
  throw new TypeError('The package.json has no version.');
}

/** Of the package; both src/graphql and dist/graphql lie two folders below its package.json. */
export const VERSION = versionOf(createRequire(import.meta.url)('../../package.json'));
