import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { type Path, quote } from './problems.ts';

/** A place in a text, both from 1. */
export interface Position {
  line: number;
  column: number;
}

/**
 * @param path where a value stands, or should stand
 * @param isAboutKey true for the place of its key
 * @returns the place of the value, or of the innermost record that it is missing from
 */
export type Locate = (path: Path, isAboutKey?: boolean) => Position;

interface Fault extends Position {
  message: string;
}

/** A YAML or JSON text, read. */
export interface ParsedText {
  /** Plain lists, records, texts, numbers, booleans and nulls. */
  value: unknown;
  /** What is wrong with the text itself. */
  faults: readonly Fault[];
  /** False when a part of the text could not be made out. */
  isWhole: boolean;
  locate: Locate;
}

/** How many values may come from aliases, so that a small file cannot grow into gigabytes. */
const MOST_ALIASED_VALUES = 100_000;

/**
 * @param text YAML 1.2 (core schema) or JSON
 * @param isJson whether it is called JSON
 * @returns its value and its faults; never throws
 */
export function parseText(text: string, isJson: boolean): ParsedText {
  const quick = readJson(text);
  if (quick) return { value: quick.value, faults: [], isWhole: true, locate: locateLater(text) };
  return parseYaml(text, isJson || /^\s*\{\s*"/.test(text));
}

/**
 * Positions are asked for rarely, and a parsed text is many times as large as the text.
 * @returns what parses the text when it is asked for the first
 */
export function locateLater(text: string): Locate {
  let locate: Locate | undefined;
  return (path, isAboutKey) => {
    locate ??= parseYaml(text).locate;
    return locate(path, isAboutKey);
  };
}

/**
 * JavaScript's own parser is a hundred times as fast as one that knows positions.
 * @returns undefined where it would hide something: faults, keys given twice, digits that a number cannot hold
 */
function readJson(text: string): { value: unknown } | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    const keysWritten = bare.match(/""\s*:/g)?.length ?? 0;
    const isExact = !/[\d.]{16}|\d[eE]/.test(bare);
    return isExact && keysWritten === countKeys(value) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, item) => sum + countKeys(item), own);
}

function parseYaml(text: string, isJson = false): ParsedText {
  const lines = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const fault = (offset: number, message: string): Fault => ({ ...positionAt(offset), message });
  try {
    const document = parseDocument(text, { lineCounter: lines, version: '1.2', schema: 'core', prettyErrors: false });
    const errors = [...document.errors, ...document.warnings];
    const [broken] = errors.filter(({ code }) => code !== 'DUPLICATE_KEY').toSorted((a, b) => a.pos[0] - b.pos[0]);
    const faults = errors
      .filter(({ code }) => code === 'DUPLICATE_KEY')
      .map(({ pos: [start] }) => fault(start, givenTwice(text.slice(start))));
    // What follows a break is mostly its echo.
    if (broken) faults.push(fault(broken.pos[0], isJson ? noJson(text, broken.pos[0]) : explain(broken)));
    const value = plain(document, (node, message) => {
      if (!broken) faults.push(fault(node.range?.[0] ?? 0, message));
    });
    const locate: Locate = (path, isAboutKey) => positionAt(offsetOf(document, path, isAboutKey));
    return { value, faults, isWhole: broken === undefined, locate };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const start = { line: 1, column: 1 };
    return { value: null, faults: [{ ...start, message: TOO_DEEP }], isWhole: false, locate: () => start };
  }
}

const TOO_DEEP = 'is nested too deeply to be read';

function explain({ code, message }: YAMLError): string {
  if (/call stack/.test(message)) return TOO_DEEP;
  if (code === 'MULTIPLE_DOCS') return 'begins a second document (---), and a data file is one; make a file of each';
  return `is not the YAML of a data file: ${message.replace(/\.?$/, '.')}`;
}

/** Says it without the words of YAML, which reads all of JSON. */
function noJson(text: string, offset: number): string {
  const [first = '', second = ''] = text.split('\n', 2);
  if (isDocument(first) && isDocument(second)) return 'is a document in each line; name the file .jsonl';
  const [rest = ''] = text.slice(offset).trim().split('\n', 1);
  if (rest === '') return 'is not JSON: it ends before it is complete';
  const column = offset - text.lastIndexOf('\n', offset - 1);
  return `is not JSON: something is wrong at or behind column ${column}, ${quote(rest.slice(0, 20).trim())}`;
}

function isDocument(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function givenTwice(rest: string): string {
  const key = /^["']?([\w.-]+)/.exec(rest)?.[1] ?? '';
  return `the key ${quote(key)} is given twice in one record; keep one of them`;
}

function plain(document: Document, report: (node: Node, message: string) => void): unknown {
  const anchors = new Map<string, { value: unknown; size: number }>();
  let size = 0;
  let aliased = 0;
  let isFull = false;

  const convert = (node: unknown): unknown => {
    size += 1;
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      aliased += target?.size ?? 0;
      size += target?.size ?? 0;
      if (target === undefined) report(node, `*${node.source} stands for nothing that comes before it`);
      else if (aliased <= MOST_ALIASED_VALUES) return target.value;
      else if (!isFull) report(node, `*${node.source} makes the file too large; write the values out`);
      isFull ||= target !== undefined;
      return null;
    }
    const before = size;
    const value = isMap(node)
      ? record(node.items)
      : isSeq(node)
        ? node.items.map(convert)
        : isScalar(node)
          ? scalar(node.value, node.source)
          : null;
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor)
      anchors.set(node.anchor, { value, size: size - before + 1 });
    return value;
  };

  const record = (pairs: readonly { key: unknown; value: unknown }[]) => {
    const entries: [string, unknown][] = [];
    for (const { key, value } of pairs) {
      if (isScalar(key)) entries.push([typeof key.value === 'string' ? key.value : String(key.source), convert(value)]);
      else if (isMap(key) || isSeq(key) || isAlias(key)) report(key, 'is a key that is no word; write a word');
    }
    // Unlike an assignment, it makes "__proto__" a key like any other.
    return Object.fromEntries(entries);
  };

  return convert(document.contents);
}

/** A number that JavaScript would print otherwise than the file stays a text, so that no digit is lost. */
function scalar(value: unknown, source: string | undefined): unknown {
  return typeof value === 'number' && source !== undefined && String(value) !== source ? source : value;
}

function offsetOf(document: Document, path: Path, isAboutKey = false): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (!pair) return offset;
      const keyStart = startOf(pair.key) ?? offset;
      if (isAboutKey && depth === path.length - 1) return keyStart;
      node = pair.value;
      offset = startOf(node) ?? keyStart;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range?.[0] : undefined;
}
