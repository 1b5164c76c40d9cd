import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openApp } from '../support/app.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const [changelog, security, readme] = [read('CHANGELOG.md'), read('SECURITY.md'), read('README.md')];

test('the changelog tells of this version, and of every migration in order', () => {
  const { version }: { version: string } = JSON.parse(read('package.json'));
  expect(/^## \[.*$/m.exec(changelog)?.[0]).toContain(version);
  const tags = readdirSync(join(root, 'migrations')).filter((file) => file.endsWith('.sql'));
  const told = [...changelog.matchAll(/^\| (\d.*?) \|/gm)].flatMap(([, names = '']) => names.split(', '));
  expect(told).toEqual(tags.map((file) => file.replace('.sql', '')).sort());
});

test('the limits that are promised are those that hold, and what is referred to is there', async () => {
  const app = await openApp({ only: 'automatica' });
  const limits =
    'maxTokens maxFields maxAliases maxRootFields maxDepth maxPageSize maxCost maxValues maxMegabytes maxSeconds';
  const { data } = await app.query({ query: `{ service { limits { ${limits} } } }` });
  await app.close();
  const promised =
    /over ([\d,]+) tokens, ([\d,]+) fields,\s+(\d+) aliases, (\d+) root fields or (\d+) levels, pages of more than (\d+) records, answers of more than ([\d,]+) objects, ([\d,]+) values or\s+(\d) MB/.exec(
      security,
    ) ?? [];
  expect(promised).toHaveLength(10);
  const numbers = promised.slice(1).map((number) => Number(number.replace(',', '')));
  expect(Object.values(Object(data).service.limits)).toEqual([...numbers, 5]);
  expect(security).toContain('broken off after five seconds');
  const named = [...security.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name = '']) => name);
  expect(named).toContain('PUBLIC_URL');
  expect(named.filter((name) => !new RegExp(`^\\| ${name} +\\|`, 'm').test(readme))).toEqual([]);
  const links = [...`${security}${changelog}`.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, target = '']) => target);
  expect(links).toContain('deploy/expograph.service');
  expect(links.filter((target) => !existsSync(join(root, target)))).toEqual([]);
});
