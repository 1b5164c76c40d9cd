import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { migrate } from '../src/store/migrate.ts';
import { SETTINGS } from './support/app.ts';

test('a database that is missing or not migrated is not served, and nothing is made; a migrated one is, though empty', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-app-'));
  const databasePath = join(folder, 'expograph.db');
  const settings = { ...SETTINGS, databasePath };
  await expect(createApp(settings)).rejects.toMatchObject({
    name: 'StoreError',
    message: expect.stringContaining(databasePath),
  });
  expect(readdirSync(folder)).toEqual([]);

  migrate(databasePath);
  const app = await createApp(settings);
  const query =
    '{ service { dataVersion dataUpdatedAt counts { editions } } editions { totalCount nodes { slug } pageInfo { endCursor } } }';
  expect(JSON.parse(JSON.stringify(await app.query({ query })))).toEqual({
    data: {
      service: { dataVersion: '0', dataUpdatedAt: null, counts: { editions: 0 } },
      editions: { totalCount: 0, nodes: [], pageInfo: { endCursor: null } },
    },
  });
  await app.close();
  rmSync(folder, { recursive: true });
});
