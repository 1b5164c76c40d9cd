import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { generateDataset } from './generate.ts';
import { builtFile } from './run.ts';

const SEED = 7;

/** How many editions there are. */
export const SIZES = { small: 1_600, middle: 16_000, large: 160_000 } as const;

/** Generated databases, each of which is made when it is first wanted and kept for the next run. */
export class Data {
  readonly #folder: string;
  readonly #sizes: typeof SIZES;
  /** How long the imports of this run took, in seconds, by the number of editions. */
  readonly imports = new Map<number, number>();

  constructor(folder: string, sizes: typeof SIZES = SIZES) {
    this.#folder = folder;
    this.#sizes = sizes;
  }

  /** @returns how many editions a database has */
  editions(size: keyof typeof SIZES): number {
    return this.#sizes[size];
  }

  /** @returns the file of a database */
  async database(size: keyof typeof SIZES): Promise<string> {
    const editions = this.#sizes[size];
    const file = join(this.#folder, `${editions}-${fingerprint()}.db`);
    if (!existsSync(file)) await this.#make(file, editions);
    return file;
  }

  async #make(file: string, editions: number): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    const [dataset, unfinished] = [`${file}.jsonl`, `${file}.unfinished`];
    for (const ending of ['', '-wal', '-shm']) rmSync(unfinished + ending, { force: true });
    console.error(`Making a database of ${editions} editions, which is kept as ${file} …`);
    generateDataset(dataset, editions, SEED);
    const start = performance.now();
    await importInto(unfinished, dataset);
    this.imports.set(editions, (performance.now() - start) / 1_000);
    rmSync(dataset);
    // What is still in the log would be lost when the file gets its name.
    const database = new Database(unfinished);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    renameSync(unfinished, file);
    rmSync(`${unfinished}.migrate.lock`, { force: true });
  }
}

/**
 * Imports by the command, as an operator does.
 * @param dataset a file or folder
 * @throws Error when it fails
 */
export async function importInto(database: string, dataset: string): Promise<void> {
  const child = spawn(process.execPath, [builtFile('dist/command/main.js'), 'import', dataset, '--quiet'], {
    env: { ...process.env, DATABASE_PATH: database },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Of generated data there are thousands of warnings, which only matter when it fails.
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-10_000);
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The import of ${dataset} ended with ${code}: ${said}`);
}

/** Changes with whatever decides what is in a database. */
function fingerprint(): string {
  const migrations = readdirSync(builtFile('migrations')).filter((name) => name.endsWith('.sql'));
  const hash = createHash('sha256').update(readFileSync(builtFile('bench/generate.ts')));
  return hash.update(migrations.sort().join('\n')).update(String(SEED)).digest('hex').slice(0, 12);
}
