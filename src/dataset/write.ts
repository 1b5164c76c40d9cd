import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { DataFileText } from './format.ts';
import type { formats } from './formats.ts';

const nouns = ['sources', 'places', 'venues', 'organizations', 'speakers', 'conventions'] as const;

/**
 * Writes data files.
 * @param pieces in the order in which they are to be written; the first says for all when the data last changed
 * @param format `yaml` and `json` make one document of them; `jsonl` a line for each record, every line a data file
 * @returns the text, some of it at a time
 */
export function writeDataset(
  pieces: Iterable<DataFileText>,
  format: (typeof formats)[number],
): Generator<string, void, undefined> {
  if (format === 'jsonl') return writeLines(pieces);
  return format === 'json' ? writeJson(pieces) : writeYaml(pieces);
}

function* writeLines(pieces: Iterable<DataFileText>): Generator<string> {
  let isFirst = true;
  for (const { updatedAt, ...piece } of pieces) {
    // An export of nothing is not an empty file, and tells since when there is nothing.
    if (isFirst && !nouns.some((noun) => piece[noun]?.length)) yield `${JSON.stringify({ updatedAt })}\n`;
    isFirst = false;
    for (const noun of nouns)
      for (const record of piece[noun] ?? []) yield `${JSON.stringify({ updatedAt, [noun]: [record] })}\n`;
  }
}

function* writeJson(pieces: Iterable<DataFileText>): Generator<string> {
  let text = '{';
  let open: string | undefined;
  for (const piece of pieces) {
    if (text === '{' && piece.updatedAt) text += `\n  "updatedAt": ${JSON.stringify(piece.updatedAt)}`;
    for (const noun of nouns)
      for (const record of piece[noun] ?? []) {
        if (open === noun) text += ',';
        else text += `${open ? '\n  ]' : ''}${text === '{' ? '' : ','}\n  "${noun}": [`;
        open = noun;
        yield `${text}\n    ${JSON.stringify(record, null, 2).replaceAll('\n', '\n    ')}`;
        text = '';
      }
  }
  const end = open ? '\n  ]\n}\n' : text === '{' ? '}\n' : '\n}\n';
  yield text + end;
}

function* writeYaml(pieces: Iterable<DataFileText>): Generator<string> {
  let open: string | undefined;
  for (const piece of pieces) {
    if (open === undefined && piece.updatedAt) {
      open = 'updatedAt';
      yield yamlOf({ updatedAt: piece.updatedAt });
    }
    for (const noun of nouns) {
      const records = piece[noun] ?? [];
      if (records.length === 0) continue;
      const text = yamlOf({ [noun]: records });
      // The list goes on: it is headed already.
      if (open === noun) yield apart.has(noun) ? text.replace(`${noun}:\n`, '\n') : text.replace(`${noun}:\n`, '');
      else yield open === undefined ? text : `\n${text}`;
      open = noun;
    }
  }
  if (open === undefined) yield '{}\n';
}

const LINE_WIDTH = 120;

/** Lists whose records are long: a line for each key. */
const spread: ReadonlySet<string> = new Set([
  ...['sources', 'conventions', 'editions', 'themes', 'exhibitionAreas', 'sessions', 'appearances', 'figures'],
  ...['signedProjectStatistics', 'indicators', 'dateClaims', 'notes'],
]);

/** Lists with a blank line between their records. */
const apart: ReadonlySet<string> = new Set(['sources', 'conventions', 'editions']);

/** Lists that stand in one line where there is room, although they may hold records. */
const short: ReadonlySet<string> = new Set(['citations', 'conversions']);

/** With room inside its braces, { slug: hefei }; lists have none, [hefei]. */
class YamlRecord extends YAMLMap {
  override toString(...[context, ...rest]: Parameters<YAMLMap['toString']>): string {
    return super.toString(context && { ...context, flowCollectionPadding: ' ' }, ...rest);
  }
}

class YamlList extends YAMLSeq {
  override toString(...[context, ...rest]: Parameters<YAMLSeq['toString']>): string {
    return super.toString(context && { ...context, flowCollectionPadding: '' }, ...rest);
  }
}

function yamlOf(value: Record<string, unknown>): string {
  const document = new Document();
  document.contents = yamlRecord(Object.entries(value), 0, true);
  return document.toString({ lineWidth: LINE_WIDTH, singleQuote: true });
}

/**
 * @param name of the list or of the value
 * @param column where it begins, if it stands in one line
 * @param indent where its lines begin, if it takes several
 */
function yamlNode(name: string, value: unknown, column: number, indent: number): Scalar | YAMLMap | YAMLSeq {
  if (Array.isArray(value)) return yamlList(name, value, column, indent);
  if (typeof value === 'object' && value !== null)
    return yamlRecord(Object.entries(value), indent, column + widthOf(value) > LINE_WIDTH);
  const scalar = new Scalar(name === 'amount' ? inWords(value) : value);
  // Folding replaces single spaces by breaks; of anything else it might make too much.
  if (typeof value === 'string' && column + widthOf(value) > LINE_WIDTH && /^\S+( \S+)+$/.test(value))
    scalar.type = 'BLOCK_FOLDED';
  // In a block, the empty lines behind the record would count as its own.
  if (typeof value === 'string' && value.endsWith('\n')) scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}

function yamlList(name: string, items: readonly unknown[], column: number, indent: number): YAMLSeq {
  const list = new YamlList();
  const isShort = short.has(name) || items.every((item) => typeof item !== 'object');
  list.flow = isShort && column + widthOf(items) <= LINE_WIDTH;
  for (const item of items) {
    const isAppearance = typeof item === 'object' && item !== null && 'speaker' in item;
    const isSpread = spread.has(isAppearance ? 'appearances' : name);
    const isLong = isSpread && typeof item === 'object' && item !== null;
    const node = isLong
      ? yamlRecord(Object.entries(item), indent + 4, true)
      : yamlNode('', item, indent + 4, indent + 4);
    // Claims have a list called editions, too, but of slugs.
    node.spaceBefore = isLong && apart.has(name) && list.items.length > 0;
    list.items.push(node);
  }
  return list;
}

function yamlRecord(entries: readonly [string, unknown][], indent: number, isSpread: boolean): YAMLMap {
  const record = new YamlRecord();
  record.flow = !isSpread;
  const isEdition = isSpread && entries.some(([key]) => key === 'year');
  for (const [key, value] of entries) {
    const name = new Scalar(key);
    const isLong = Array.isArray(value) && key !== 'subVenues' && key !== 'furtherPlaces';
    name.spaceBefore = isEdition && isLong && record.items.length > 0;
    const column = indent + key.length + 2;
    // A list stands two columns further in than its key, as its items are counted from there.
    record.items.push(new Pair(name, yamlNode(key, value, column, Array.isArray(value) ? indent : indent + 2)));
  }
  return record;
}

/** @returns how many columns a value takes in one line, quotes counted where they may be needed */
function widthOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + widthOf(item) + 2, 0);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).reduce((sum, [key, item]) => sum + key.length + widthOf(item) + 4, 2);
  const text = String(value);
  return text.length + (/[,:#[\]{}'"\n]/.test(text) ? 2 : 0);
}

const magnitudes: [word: string, zeros: number][] = [
  ['trillion', 12],
  ['billion', 9],
];

/** @returns 582180000000 as "582.18 billion"; what would need more than three places as it is */
function inWords(amount: unknown): unknown {
  const digits = String(amount);
  for (const [word, zeros] of magnitudes) {
    const [whole, places] = [digits.slice(0, -zeros), digits.slice(-zeros).replace(/0+$/, '')];
    if (whole && places.length <= 3 && !digits.includes('.')) return `${whole}${places && `.${places}`} ${word}`;
  }
  return amount;
}
