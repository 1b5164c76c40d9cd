import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { builtFile, type Figure, type Findings, isMet, rangeOf, shown, type Table } from './run.ts';

/** The packages whose versions decide what was compared. */
const COMPARED = [
  'mercurius',
  'graphql-jit',
  'graphql-yoga',
  '@apollo/server',
  'dataloader',
  'fastify',
  'graphql',
  'postgraphile',
  'autocannon',
];

const manifest = z.object({ version: z.string() });

/** @returns the versions of what is measured beside, by package */
export function versions(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of COMPARED) {
    const file = builtFile(`bench/node_modules/${name}/package.json`);
    if (existsSync(file)) found[name] = manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
  }
  return found;
}

/** @returns the processor, the memory, Node, SQLite and the day, in words */
export function machine(): string {
  const database = new Database(':memory:');
  const sqlite = String(database.prepare('SELECT sqlite_version()').pluck().get());
  database.close();
  const [processor] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB of memory`;
  const day = new Date().toISOString().slice(0, 10);
  return `${cpus().length} × ${processor?.model.trim()}, ${memory}, Node ${process.version}, SQLite ${sqlite}, ${day}`;
}

/** @returns all tables, as they are printed */
export function printed(findings: readonly Findings[]): string {
  const tables = findings.flatMap(({ tables = [] }) => tables);
  const figures = findings.flatMap((one) => one.figures);
  return [...tables.map(written), markdown(figuresTable(figures))].join('\n\n');
}

/** @returns the text of bench/RESULTS.md */
export function results(findings: readonly Findings[]): string {
  const beside = Object.entries(versions()).map(([name, version]) => `${name} ${version}`);
  const notes = builtFile('bench/notes.md');
  return `# What \`npm run bench\` measured

Ratios compare two sides of one run, which took turns; the other numbers depend on the machine:
${machine()}.

Beside ${beside.join(', ')}.

${printed(findings)}
${existsSync(notes) ? `\n${readFileSync(notes, 'utf8')}` : ''}`;
}

const written = (table: Table) => `${table.title}\n\n${markdown(table)}`;

function figuresTable(figures: readonly Figure[]): Table {
  const rows = figures.map((figure) => {
    const { name, value, unit, bar, remark = '' } = figure;
    const wanted = bar ? ('atLeast' in bar ? `at least ${bar.atLeast}` : `at most ${bar.atMost}`) : '';
    return [name, `${shown(value)} ${unit}`.trim(), rangeOf(figure), wanted, verdict(figure), remark];
  });
  return { title: '', head: ['figure', 'value', 'range', 'bar', '', 'remark'], rows };
}

function verdict(figure: Figure): string {
  if (!isMet(figure)) return 'MISSED';
  return figure.bar && !Number.isNaN(figure.value) ? 'met' : '';
}

function markdown({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_cell, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
