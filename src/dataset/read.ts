import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataFile } from './format.ts';
import { type Locate, locateLater, parseText } from './parse.ts';
import { formatPath, type Problem, sortProblems } from './problems.ts';
import { checkShape } from './shape.ts';

/** One data file, or a line of a JSONL file, which is one of its own. */
export interface ReadFile {
  file: string;
  /** What it says, in whatever shape; null when it cannot be read. */
  value: unknown;
  /** False when a part of it could not be made out. */
  isWhole: boolean;
  /** What it says, when its shape is right. */
  data: DataFile | undefined;
  locate: Locate;
  /** The same without what it says, for those who must not hold on to it. */
  stub?: Pick<ReadFile, 'file' | 'locate'>;
}

/** What a file or a folder says, read piece by piece. */
export interface DatasetPieces {
  /** All of it from the start: YAML and JSON files at once, and those of JSONL some lines at a time. */
  pieces(): Generator<readonly ReadFile[]>;
  /** Everything wrong with the files one by one, as far as they were read. */
  readonly problems: readonly Problem[];
  /** False when a part of some file could not be read, so that what seems to be missing may stand there. */
  readonly isWhole: boolean;
}

/** What a file or a folder says. */
export interface Dataset {
  files: readonly ReadFile[];
  /** Everything wrong with the files one by one, sorted. */
  problems: readonly Problem[];
  isWhole: boolean;
}

const ENDING = /\.(ya?ml|jsonl?)$/i;
const LINES = /\.jsonl$/i;
const JSON_FILE = /\.json$/i;

/** The end of a line that goes on in the next. */
const OPEN = /[[{,:]\s*$/;

/** Characters of a JSONL file that are held at once, more or less: a line is never divided. */
const LINES_AT_ONCE = 60_000;

/**
 * Reads data files and checks the shape of what they say.
 * @param path a .yaml, .yml, .json or .jsonl file, or a folder of them, in folders of any depth; hidden ones are left out
 * @param name what a file at this path is called in problems
 * @returns what gives the files by name, and what is wrong with them; never throws for what a file holds
 */
export function openDataset(path: string, name = path): DatasetPieces {
  const nameOf = (file: string) => (file === path ? name : file);
  const problems: Problem[] = [];
  const paths = listFiles(path, problems);
  const files: ReadFile[] = [];
  for (const file of paths.filter((name) => !LINES.test(name))) {
    const text = readText(file, nameOf(file), problems);
    if (text !== undefined) files.push(readFile(nameOf(file), text, JSON_FILE.test(file), problems));
  }
  let isFirst = true;
  let isWhole = files.every((file) => file.isWhole);
  return {
    *pieces() {
      const found: Problem[] = [];
      if (files.length > 0) yield files;
      for (const file of paths.filter((name) => LINES.test(name)))
        for (const lines of readLines(file, nameOf(file), found)) {
          isWhole &&= lines.every((line) => line.isWhole);
          yield lines;
        }
      if (isFirst) problems.push(...found);
      isFirst = false;
    },
    get problems() {
      return sortProblems(problems);
    },
    get isWhole() {
      return isWhole && !problems.some(({ code }) => code === 'UNREADABLE');
    },
  };
}

/**
 * The same, all of it at once.
 * @see openDataset
 */
export function readDataset(path: string): Dataset {
  const dataset = openDataset(path);
  const files = [...dataset.pieces()].flat();
  return { files, problems: dataset.problems, isWhole: dataset.isWhole };
}

/** Each line that is not blank, some at a time. */
function* readLines(file: string, name: string, problems: Problem[]): Generator<ReadFile[]> {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    problems.push(aboutFile(name, 1, whyNot(error)));
    return;
  }
  try {
    let line = 0;
    let isFirst = true;
    const before = problems.length;
    let rest = Buffer.alloc(0);
    for (;;) {
      const read = Buffer.allocUnsafe(LINES_AT_ONCE);
      const length = readSync(descriptor, read);
      const bytes = Buffer.concat([rest, read.subarray(0, length)]);
      // A newline is one byte in UTF-8, and no part of another character.
      const end = length === 0 ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
      rest = bytes.subarray(end);
      const files: ReadFile[] = [];
      for (let start = 0; start < end; ) {
        const next = bytes.indexOf(0x0a, start);
        const stop = next < 0 || next >= end ? end : next;
        line += 1;
        const found: Problem[] = [];
        const one = readLine(name, line, bytes.subarray(start, stop), found);
        if (isFirst && one?.isWhole === false && OPEN.test(bytes.toString('utf8', start, stop))) {
          problems.push(
            aboutFile(name, line, 'is no data file in itself; if all lines are one document, name the file .json'),
          );
          return;
        }
        isFirst &&= one === undefined;
        problems.push(...found);
        if (one) files.push(one);
        start = stop + 1;
      }
      if (files.length > 0) yield files;
      if (length > 0) continue;
      // What failed to be written is not what an import with --prune should make of the database.
      if (isFirst && problems.length === before)
        problems.push(aboutFile(name, 1, 'holds nothing; where nothing is meant, write {}'));
      return;
    }
  } catch (error) {
    problems.push(aboutFile(name, 1, whyNot(error)));
  } finally {
    closeSync(descriptor);
  }
}

function readLine(file: string, line: number, bytes: Buffer, problems: Problem[]): ReadFile | undefined {
  let text: string;
  try {
    text = decode(bytes);
  } catch {
    problems.push(aboutFile(file, line, 'is not UTF-8; save the file as UTF-8'));
    return undefined;
  }
  if (!/\S/.test(text)) return undefined;
  const found: Problem[] = [];
  const read = readFile(file, text, true, found);
  for (const problem of found) problems.push({ ...problem, line });
  const locate: Locate = (path, isAboutKey) => ({ line, column: read.locate(path, isAboutKey).column });
  return { ...read, locate, stub: stubOf(file, line) };
}

/** Apart from what reads the line: closures of one function share what any of them holds on to. */
function stubOf(file: string, line: number): Pick<ReadFile, 'file' | 'locate'> {
  return { file, locate: () => ({ line, column: 1 }) };
}

function listFiles(path: string, problems: Problem[]): string[] {
  const unreadable = (message: string) => {
    problems.push(aboutFile(path, 1, message));
    return [];
  };
  try {
    if (!statSync(path).isDirectory())
      return ENDING.test(path)
        ? [path]
        : unreadable('is no data file; its name must end in .yaml, .yml, .json or .jsonl');
    const files = listFolder(path, problems);
    return files.length > 0 || problems.length > 0
      ? files
      : unreadable('holds no data file; their names end in .yaml, .yml, .json or .jsonl');
  } catch (error) {
    return unreadable(whyNot(error));
  }
}

/** @param within the folders that it is in, where links really lead: one that leads back to them ends nowhere */
function listFolder(folder: string, problems: Problem[], within: readonly string[] = []): string[] {
  const around = [...within, realpathSync(folder)];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .toSorted()
    .map((name) => join(folder, name))
    .flatMap((path) => {
      try {
        if (!statSync(path).isDirectory()) return ENDING.test(path) ? [path] : [];
        return around.includes(realpathSync(path)) ? [] : listFolder(path, problems, around);
      } catch (error) {
        const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
        problems.push(
          aboutFile(path, 1, isLink ? 'is a link that leads nowhere; mend it, or remove it' : whyNot(error)),
        );
        return [];
      }
    });
}

function readText(file: string, name: string, problems: Problem[]): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    problems.push(aboutFile(name, 1, whyNot(error)));
    return undefined;
  }
  try {
    return decode(bytes);
  } catch {
    problems.push(aboutFile(name, firstBrokenLine(bytes), 'is not UTF-8; save the file as UTF-8'));
    return undefined;
  }
}

const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

function firstBrokenLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end + 1;
    try {
      decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop;
  }
  return line;
}

function readFile(file: string, text: string, isJson: boolean, problems: Problem[]): ReadFile {
  const { value, faults, isWhole, locate } = parseText(text, isJson);
  for (const { line, column, message } of faults)
    problems.push({ file, line, column, path: '', code: 'SYNTAX', message });
  const read = { file, value, locate: locateLater(text) };
  if (!isWhole) return { ...read, isWhole, data: undefined };
  const { data, findings } = checkShape(DataFile, value);
  for (const { path, isAboutKey, code, message } of findings)
    problems.push({
      ...{ file, ...locate(path, isAboutKey), path: formatPath(path), code, message },
      ...(path.at(-1) === 'citations' && code !== 'WRONG_TYPE' && { check: 'UNSOURCED' as const }),
    });
  return { ...read, isWhole, data: faults.length > 0 ? undefined : data };
}

function aboutFile(file: string, line: number, message: string): Problem {
  return { file, line, column: 1, path: '', code: 'UNREADABLE', message };
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'does not exist; name a data file or a folder of them';
  if (code === 'EACCES') return 'may not be read; change its permissions';
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
