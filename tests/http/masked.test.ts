import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ only: 'world-manufacturing-convention' });
  app.takeStatements();
});
afterAll(() => app.close());

test('what goes wrong within a page, a calendar, a feed or a file is not told, wherever it does', async () => {
  const slug = 'world-manufacturing-convention';
  const urls = [
    '/',
    `/conventions/${slug}`,
    `/editions/${slug}-2021.ics`,
    '/calendar.ics',
    '/feed.atom',
    '/sitemap.xml',
  ];
  for (const url of [...urls, '/coverage', `/editions/${slug}-2021.json`, '/llms.txt', '/operations/what-is-on.json'])
    expect([url, (await app.server.inject({ url })).statusCode]).toEqual([url, 200]);
  // The tables vanish under the service.
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(`${app.folder}/expograph.db`);
  database.pragma('foreign_keys = OFF');
  database.exec('DROP TABLE editions; DROP TABLE dataset; DROP TABLE nodes');
  database.close();
  for (const url of [
    ...urls,
    '/coverage',
    `/editions/${slug}-2021.json`,
    '/llms.txt',
    '/operations/what-is-on.json',
    '/data/export.jsonl',
  ]) {
    const { statusCode, body } = await app.server.inject({ url });
    expect([url, statusCode]).toEqual([url, 500]);
    expect(body).not.toMatch(/no such table|SQLITE|editions t|\.ts|\.js:|expograph\.db|at Object|doctor/i);
    expect(body).toMatch(/Internal error|went wrong/i);
  }
});
