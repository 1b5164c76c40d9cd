import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../src/store/migrate.ts';
import { openWriter } from '../src/store/open.ts';
import type { Figure } from './run.ts';

/** Files of the built package, which is what is measured. */
const builtFile = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

const QUESTION = `{
  sources(first: 100) {
    nodes { slug title kind publisher url publishedOn }
    pageInfo { hasNextPage }
  }
}`;

/**
 * Measures the memory of a service that streams a long list as CSV, beside one that streams a tenth of it.
 * @param folder where files may be made
 * @param rows how many records the long list has
 */
export async function measureExport(folder: string, rows: number): Promise<Figure[]> {
  const short = await exportedFrom(join(folder, 'short.db'), Math.round(rows / 10));
  const long = await exportedFrom(join(folder, 'long.db'), rows);
  return [
    { name: `CSV over HTTP: rows per second of ${rows}`, value: rows / long.seconds, unit: '', bar: undefined },
    { name: `its size`, value: long.bytes / 1e6, unit: 'MB', bar: undefined },
    { name: `peak memory of the service at ${rows / 10} rows`, value: short.peak, unit: 'MB', bar: undefined },
    { name: `peak memory of the service at ${rows} rows`, value: long.peak, unit: 'MB', bar: undefined },
    {
      name: 'peak memory of ten times the rows / of the rows',
      value: long.peak / short.peak,
      unit: '',
      bar: { atMost: 1.25 },
    },
  ];
}

interface Exported {
  seconds: number;
  bytes: number;
  peak: number;
}

async function exportedFrom(databasePath: string, rows: number): Promise<Exported> {
  for (const ending of ['', '-wal', '-shm']) rmSync(databasePath + ending, { force: true });
  fill(databasePath, rows);
  const service = spawn(
    process.execPath,
    ['--import', new URL('report-peak.js', import.meta.url).href, builtFile('dist/command/main.js'), 'serve'],
    {
      env: {
        ...process.env,
        DATABASE_PATH: databasePath,
        PORT: '0',
        LOG_LEVEL: 'warn',
        RATE_LIMIT: '0',
        OVERLOAD_DELAY: '0',
      },
      stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
    },
  );
  const [, , talk, report] = service.stdio;
  if (!talk || !report || !('setEncoding' in talk) || !('setEncoding' in report)) throw new TypeError('No pipes.');
  let peak = '';
  report.setEncoding('utf8').on('data', (text: string) => {
    peak += text;
  });
  const ended = new Promise((resolve) => service.once('close', resolve));
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      talk.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const url = /http:\S+\/graphql/.exec(said)?.[0];
        if (url) resolve(url);
      });
      ended.then(() => reject(new Error(`The service ended: ${said}`)));
    });
    const start = performance.now();
    const { lines, bytes } = await download(address);
    const seconds = (performance.now() - start) / 1_000;
    if (lines !== rows + 1) throw new Error(`The CSV has ${lines} lines in place of a header and ${rows} rows.`);
    service.kill('SIGTERM');
    await ended;
    return { seconds, bytes, peak: Number(peak) };
  } finally {
    service.kill('SIGTERM');
  }
}

/** Counts what comes, and holds none of it. */
function download(address: string): Promise<{ lines: number; bytes: number }> {
  const url = new URL(address);
  for (const [name, value] of [
    ['format', 'csv'],
    ['paginate', 'true'],
    ['query', QUESTION],
  ] as const)
    url.searchParams.set(name, value);
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false }, (response) => {
      let [lines, bytes] = [0, 0];
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
        for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) lines += 1;
      });
      response.once('error', reject).once('end', () => resolve({ lines, bytes }));
    });
    asked.once('error', reject).end();
  });
}

/** Sources are the cheapest records to make so many of: they need no others. */
function fill(databasePath: string, rows: number): void {
  migrate(databasePath, { folder: 'migrations' });
  const writer = openWriter(databasePath);
  const numbers = 'WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)';
  const day = "date('2010-01-01', (n % 5000) || ' days')";
  try {
    writer.run([
      {
        sql: `${numbers} INSERT INTO nodes (id, type, path, document, checksum, updated_at)
          SELECT printf('source_%016x', n), 'Source', 'source-' || n, 'sources', n, '2026-01-01T00:00:00.000Z' FROM numbers`,
        params: [rows],
      },
      {
        sql: `${numbers} INSERT INTO sources (id, slug, kind, title, publisher, url, published_on, is_relay)
          SELECT printf('source_%016x', n), 'source-' || n, 'NEWSPAPER', 'Signed at the fair, part ' || n,
            'Publisher ' || (n % 50), 'https://example.org/news/' || n, ${day}, 0 FROM numbers`,
        params: [rows],
      },
    ]);
  } finally {
    writer.close();
  }
}
