import { createRequire } from 'node:module';
import { z } from 'zod';

/** Of the package; both src/graphql and dist/graphql lie two folders below its package.json. */
export const { version: VERSION } = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('../../package.json'));
