import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ImportResult, importDataset } from '../../src/dataset/import.ts';
import { DatasetError, formatProblem, type Problem, sortProblems } from '../../src/dataset/problems.ts';
import { readDataset } from '../../src/dataset/read.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openWriter, type SqlValue } from '../../src/store/open.ts';
import { written } from '../support/database-files.ts';

/** What most data refers to. */
export const shared = `
sources:
  - { slug: agency, kind: NEWS_AGENCY, title: Report of an agency }
  - { slug: paper, kind: NEWSPAPER, title: Report of a newspaper }
places:
  - { slug: china, kind: COUNTRY, name: China, country: CN }
  - { slug: hefei, kind: CITY, name: { en: Hefei, zh-Hans: 合肥 }, parent: china, country: CN, timeZone: Asia/Shanghai }
venues:
  - { slug: binhu, name: Binhu, city: hefei }
organizations:
  - { slug: alliance, name: Alliance }
speakers:
  - { slug: wulff, name: Christian Wulff }
  - { slug: magarinos, name: Carlos Magariños }
`;

/** A folder of data files. */
export function dataFolder(files: Record<string, string | Buffer>) {
  const folder = mkdtempSync(join(tmpdir(), 'expograph-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string | Buffer) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { folder, write, remove: (name: string) => rmSync(join(folder, name)) };
}

/** Every problem of the files, without their folder. */
export function problemsOf(files: Record<string, string | Buffer>): Problem[] {
  const { folder } = dataFolder(files);
  const dataset = readDataset(folder);
  const local = (text: string) => text.replaceAll(`${folder}/`, '');
  return sortProblems([...dataset.problems, ...validateDataset(dataset)]).map((problem) => ({
    ...problem,
    file: local(problem.file),
    message: local(problem.message),
  }));
}

/** The same, as the lines that a person reads. */
/** What is compared of tables whose numbers tell only in what order their rows were stored. */
const COMPARED: Record<string, string> = {
  search_texts: 'node_id, field, locale, text',
  search_records: 'record_id',
};

export const linesOf = (files: Record<string, string | Buffer>) => problemsOf(files).map(formatProblem);

/** A folder of data files and a database to import them into; the first import is on a day of January 2026. */
export function importWorld(files: Record<string, string | Buffer>, { firstDay = 1 } = {}) {
  const data = dataFolder(files);
  const home = mkdtempSync(join(tmpdir(), 'expograph-store-'));
  const database = join(home, 'expograph.db');
  migrate(database);
  const writer = openWriter(database);
  onTestFinished(() => {
    writer.close();
    rmSync(home, { recursive: true, force: true });
  });
  let imports = firstDay - 1;
  return {
    ...data,
    database,
    /** Imports the folder or one of its files; every import is a day later than the one before. */
    import(name = ''): ImportResult {
      imports += 1;
      const now = new Date(Date.UTC(2026, 0, imports));
      return importDataset(join(data.folder, name), writer, { now: () => now });
    },
    /** The lines of the warnings of an import. */
    warnings(name = ''): string[] {
      const told: string[] = [];
      const onWarnings = (warnings: readonly Problem[]) => told.push(...warnings.map(formatProblem));
      importDataset(join(data.folder, name), writer, { now: () => new Date(0), onWarnings });
      return told.map((line) => line.replaceAll(`${data.folder}/`, ''));
    },
    /** The lines of the error that an import ends with. */
    refusal(name = ''): string[] {
      try {
        importDataset(join(data.folder, name), writer, { now: () => new Date(0) });
      } catch (error) {
        if (error instanceof DatasetError) return error.message.replaceAll(`${data.folder}/`, '').split('\n');
        throw error;
      }
      throw new Error('The import was not refused.');
    },
    rows: (sql: string, ...params: SqlValue[]) => writer.rows(sql, params),
    /** Every row of every table. */
    dump(): Record<string, Record<string, SqlValue>[]> {
      const tables = writer
        .rows(
          "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'",
          [],
        )
        .map(({ name }) => String(name))
        .filter((name) => !name.startsWith('sqlite_'))
        .toSorted();
      const sortKey = (row: Record<string, SqlValue>) => Object.values(row).join('|');
      const rowsOf = (name: string) =>
        writer
          .rows(`SELECT ${COMPARED[name] ?? '*'} FROM "${name}"`, [])
          .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
      return Object.fromEntries(tables.map((name) => [name, rowsOf(name)]));
    },
    /** How many bytes were written since this was asked last. */
    written: () => written(database, writer),
  };
}
