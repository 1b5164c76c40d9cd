import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';
import { type Column, cellOf, type Layout, rowsIn } from './rows.ts';

/** The parts of an answer, whose rows follow each other. */
export type Parts = AsyncIterable<unknown>;

/** How a spreadsheet takes a text for a formula, in full width too. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Writes rows as CSV (RFC 4180), each part of the answer as soon as it is there.
 * @param bom whether a byte order mark comes first, by which Excel knows UTF-8
 */
export async function* csvOf(parts: Parts, layout: Layout, bom = false): AsyncGenerator<string> {
  const { columns } = layout;
  const write = (records: string[][]) =>
    stringify(records, {
      record_delimiter: '\r\n',
      // By itself it quotes only what holds the whole delimiter.
      quoted_match: /[\r\n]/,
      // An empty line would be no row to many readers.
      quoted_empty: columns.length === 1,
    });
  yield (bom ? '\uFEFF' : '') + write([columns.map(({ name }) => name)]);
  for await (const part of parts) {
    const records = [...rowsIn(part, layout)].map((row) => columns.map((column) => csvCell(row, column)));
    if (records.length > 0) yield write(records);
  }
}

function csvCell(row: unknown, column: Column): string {
  const text = cellOf(row, column);
  return column.isText && FORMULA.test(text) ? `'${text}` : text;
}

/** Writes each row as the JSON that it is in the answer, one on a line. */
export async function* jsonLinesOf(parts: Parts, layout: Layout): AsyncGenerator<string> {
  for await (const part of parts) {
    const lines = [...rowsIn(part, layout)].map((row) => `${JSON.stringify(row)}\n`);
    if (lines.length > 0) yield lines.join('');
  }
}

/** Fewer columns of a terminal show nothing of a cell. */
const NARROWEST = 5;

/**
 * Draws the rows as a table, when all of them are there.
 * @param width the columns of the terminal: long cells are cut to fit
 */
export async function* tableOf(parts: Parts, layout: Layout, width = Number.POSITIVE_INFINITY): AsyncGenerator<string> {
  const head = layout.columns.map(({ name }) => name);
  const rows: string[][] = [];
  for await (const part of parts)
    for (const row of rowsIn(part, layout)) rows.push(layout.columns.map((column) => printable(cellOf(row, column))));
  const drawn = draw(head, rows);
  // The upper edge tells how wide each column is, however wide its letters are.
  const natural = (drawn.split('\n')[0] ?? '')
    .slice(1, -1)
    .split('┬')
    .map((edge) => edge.length);
  yield `${drawn.indexOf('\n') <= width ? drawn : draw(head, rows, fitted(natural, width))}\n`;
}

function draw(head: string[], rows: string[][], colWidths: number[] = []): string {
  const table = new Table({ head, colWidths, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  return table.toString();
}

/** Narrow columns stay as they are, the wide ones share what is left. */
function fitted(natural: readonly number[], width: number): number[] {
  const edges = natural.length + 1;
  let [left, columns] = [width - edges, natural.length];
  const widths = [...natural];
  for (const { size, index } of natural.map((size, index) => ({ size, index })).toSorted((a, b) => a.size - b.size)) {
    const share = Math.max(NARROWEST, Math.floor(left / columns));
    widths[index] = Math.min(size, share);
    left -= widths[index] ?? 0;
    columns -= 1;
  }
  return widths;
}

/** A cell is one line, and cannot steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** Writes an answer as one JSON document, its errors first as GraphQL advises. */
export function jsonOf(data: unknown, errors: readonly unknown[]): string {
  const answer = { ...(errors.length > 0 && { errors }), ...(data !== undefined && { data }) };
  return `${JSON.stringify(answer, null, 2)}\n`;
}
