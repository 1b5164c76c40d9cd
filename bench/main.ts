import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCache } from './cache.ts';
import { Data, SIZES } from './data.ts';
import { measureExport } from './export.ts';
import { measureFairness } from './fairness.ts';
import { measureImport } from './import.ts';
import { measureMemory } from './memory.ts';
import { measureQuestions } from './questions.ts';
import { machine, printed, results, versions } from './report.ts';
import { builtFile, type Effort, type Findings, isMet } from './run.ts';
import { measureScale } from './scale.ts';
import { measureSearch } from './search.ts';
import { measureStart } from './start.ts';

const USAGE = `npm run bench -- [import] [export] [questions] [cache] [scale] [search] [start] [memory] [fairness] [--quick] [--json FILE] [--write]

Measures side by side, prints tables, and ends with 1 where a bar is missed. All parts unless some are named.

  --quick            short rounds, and smaller imports and exports: to try the benchmarks out
  --data FOLDER      where generated databases are kept; var/bench unless told
  --editions NUMBER  how many the part "import" imports; 20000 unless told
  --rows NUMBER      how many the part "export" exports; 1000000 unless told
  --json FILE        writes everything that was measured, round by round
  --write            keeps the tables in bench/RESULTS.md, with the text of bench/notes.md behind`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    data: { type: 'string', default: builtFile('var/bench') },
    editions: { type: 'string' },
    rows: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const effort: Effort = values.quick
  ? { rounds: 2, warmUp: 1, seconds: 1, isQuick: true }
  : { rounds: 3, warmUp: 1, seconds: 3, isQuick: false };
const editions = Number(values.editions ?? (values.quick ? 2_000 : 20_000));
const rows = Number(values.rows ?? (values.quick ? 100_000 : 1_000_000));
const data = new Data(values.data);

const parts = new Map<string, (folder: string) => Promise<Findings>>([
  ['import', async (folder) => ({ figures: await measureImport(folder, editions) })],
  ['export', async (folder) => ({ figures: await measureExport(folder, rows) })],
  ['questions', () => measureQuestions(data, effort)],
  ['cache', () => measureCache(data, effort)],
  ['scale', () => measureScale(data, effort)],
  ['search', () => measureSearch(data, effort)],
  ['start', (folder) => measureStart(folder, effort)],
  ['memory', () => measureMemory(data, effort)],
  ['fairness', () => measureFairness(data, effort)],
]);
if (
  values.help ||
  positionals.some((name) => !parts.has(name)) ||
  ![editions, rows].every((size) => size >= 10 && size % 10 === 0)
) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 2);
}

const found = new Map<string, Findings>();
const folder = mkdtempSync(join(tmpdir(), 'expograph-bench-'));
try {
  for (const [name, measure] of parts)
    if (positionals.length === 0 || positionals.includes(name)) await keep(name, measure);
} finally {
  rmSync(folder, { recursive: true });
}
if (data.imports.size > 0) found.set('data', importsOf(data));
const findings = [...found.values()];
console.log(printed(findings));
if (values.json) {
  const measured = { machine: machine(), versions: versions(), effort, parts: Object.fromEntries(found) };
  writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
}
if (values.write) writeFileSync(builtFile('bench/RESULTS.md'), results(findings));
if (!findings.flatMap(({ figures }) => figures).every(isMet)) process.exitCode = 1;

/** What the other parts find is not lost when one fails. */
async function keep(name: string, measure: (folder: string) => Promise<Findings>): Promise<void> {
  try {
    found.set(name, await measure(folder));
  } catch (error) {
    console.error(`${name} failed:`, error);
    process.exitCode = 1;
  }
}

function importsOf({ imports }: Data): Findings {
  const figures = Object.values(SIZES).flatMap((size) => {
    const seconds = imports.get(size);
    const name = `import of ${size.toLocaleString('en')} generated editions by the command`;
    return seconds === undefined ? [] : [{ name, value: seconds, unit: 's', bar: undefined }];
  });
  return { figures };
}
