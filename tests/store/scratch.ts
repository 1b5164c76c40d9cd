import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { openReader, openWriter, type SqlValue } from '../../src/store/open.ts';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** The built code, for child processes: they cannot run TypeScript. */
export const built = (path: string) => new URL(`../../dist/${path}`, import.meta.url).href;

/** A folder that is gone when the test is done. */
export function scratchFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'expograph-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Journal {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[];
}

/** A copy of the released migrations, to which a test can add its own. */
export function scratchMigrations(inside: string = scratchFolder()) {
  const folder = join(inside, 'migrations');
  cpSync(join(projectFolder, 'migrations'), folder, { recursive: true });
  const journalFile = join(folder, 'meta/_journal.json');
  const editJournal = (edit: (journal: Journal) => void) => {
    const journal: Journal = JSON.parse(readFileSync(journalFile, 'utf8'));
    edit(journal);
    writeFileSync(journalFile, JSON.stringify(journal));
  };
  return {
    folder,
    editJournal,
    /** Adds a migration behind the others. */
    add(tag: string, sql: string) {
      writeFileSync(join(folder, `${tag}.sql`), sql);
      editJournal(({ entries }) => {
        const when = (entries.at(-1)?.when ?? 0) + 1000;
        entries.push({ idx: entries.length, version: '6', when, tag, breakpoints: true });
      });
    },
    /** Takes a migration away. */
    remove(tag: string) {
      editJournal((journal) => {
        journal.entries = journal.entries.filter((entry) => entry.tag !== tag);
      });
    },
    /** Takes a migration away, and all behind it; gives their names. */
    removeFrom(tag: string): string[] {
      let removed: string[] = [];
      editJournal((journal) => {
        const index = journal.entries.findIndex((entry) => entry.tag === tag);
        removed = journal.entries.slice(index).map((entry) => entry.tag);
        journal.entries = journal.entries.slice(0, index);
      });
      return removed;
    },
  };
}

/** Hefei in Anhui, and a venue in Hefei. */
export function fillPlaces(file: string): void {
  const writer = openWriter(file);
  const node = (id: string) => ({
    sql: "INSERT INTO nodes (id, type, document, checksum, updated_at) VALUES (?, 'Place', 'places', 1, '2026-11-23T00:00:00Z')",
    params: [id],
  });
  const place = "INSERT INTO places (id, slug, kind, parent_id, country) VALUES (?, ?, ?, ?, 'CN')";
  writer.run([
    node('anhui'),
    node('hefei'),
    node('venue'),
    { sql: place, params: ['anhui', 'anhui', 'PROVINCE', null] },
    { sql: place, params: ['hefei', 'hefei', 'CITY', 'anhui'] },
    { sql: 'INSERT INTO venues (id, slug, city_id) VALUES (?, ?, ?)', params: ['venue', 'centre', 'hefei'] },
  ]);
  writer.close();
}

/** Runs one question on a file. */
export function ask(file: string, sql: string, ...params: SqlValue[]): Record<string, SqlValue>[] {
  const reader = openReader(file);
  try {
    return reader.rows(sql, params);
  } finally {
    reader.close();
  }
}

/** What is in the folder, without the lock of migrations. */
export const listFiles = (folder: string) =>
  readdirSync(folder)
    .filter((name) => !name.endsWith('.migrate.lock'))
    .sort();

/** What it throws. */
export function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It throws nothing.');
}
