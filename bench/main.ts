import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { measureExport } from './export.ts';
import { measureImport } from './import.ts';
import { type Figure, isMet } from './run.ts';

const USAGE = `npm run bench -- [import] [export] [--editions 20000] [--rows 1000000] [--write]

Both numbers are multiples of ten. Measures side by side, prints a table, and ends with 1 where a bar is missed. --write keeps it in bench/RESULTS.md.`;

const HEADING = `# What \`npm run bench\` measured

Ratios compare two sides of one run; the other numbers depend on the machine:
${machine()}.

`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    editions: { type: 'string', default: '20000' },
    rows: { type: 'string', default: '1000000' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const parts = new Map<string, (folder: string) => Promise<Figure[]>>([
  ['import', (folder) => measureImport(folder, Number(values.editions))],
  ['export', (folder) => measureExport(folder, Number(values.rows))],
]);
const sizes = [values.editions, values.rows].map(Number);
if (
  values.help ||
  positionals.some((name) => !parts.has(name)) ||
  !sizes.every((size) => size >= 10 && size % 10 === 0)
) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}

const folder = mkdtempSync(join(tmpdir(), 'expograph-bench-'));
const figures: Figure[] = [];
try {
  for (const [name, measure] of parts)
    if (positionals.length === 0 || positionals.includes(name)) figures.push(...(await measure(folder)));
} finally {
  rmSync(folder, { recursive: true });
}
const table = tableOf(figures);
console.log(table);
if (values.write) writeFileSync('bench/RESULTS.md', `${HEADING}${table}\n`);
if (!figures.every(isMet)) process.exitCode = 1;

function tableOf(figures: readonly Figure[]): string {
  const lines = figures.map((figure) => {
    const { name, value, unit, bar } = figure;
    const said = bar ? ('atLeast' in bar ? `at least ${bar.atLeast}` : `at most ${bar.atMost}`) : '';
    return `| ${name} | ${shown(value)} ${unit} | ${said} | ${bar ? (isMet(figure) ? 'met' : 'MISSED') : ''} |`;
  });
  return ['| figure | value | bar | |', '| --- | ---: | --- | --- |', ...lines].join('\n');
}

function shown(value: number): string {
  return value < 100 ? value.toFixed(2) : Math.round(value).toLocaleString('en');
}

function machine(): string {
  const database = new Database(':memory:');
  const sqlite = String(database.prepare('SELECT sqlite_version()').pluck().get());
  database.close();
  const [processor] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB of memory`;
  const day = new Date().toISOString().slice(0, 10);
  return `${cpus().length} × ${processor?.model.trim()}, ${memory}, Node ${process.version}, SQLite ${sqlite}, ${day}`;
}
