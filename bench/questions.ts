import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { ask, at, type Json, type Operation } from './ask.ts';
import type { Data } from './data.ts';
import { wordOf } from './generate.ts';
import { requestsPerSecond } from './load.ts';
import { startPostGraphile } from './peers/postgraphile-side.ts';
import {
  builtFile,
  type Effort,
  type Figure,
  type Findings,
  median,
  missing,
  rangeOf,
  ratio,
  shown,
  type Table,
} from './run.ts';
import { type Server, startScript, startService } from './server.ts';

/** The text of bench/questions/<name>.graphql. */
export const questionText = (name: string) => readFileSync(builtFile(`bench/questions/${name}.graphql`), 'utf8');

/** Two words of middling frequency, of those that stand together in texts of the smallest database, too. */
export const TWO_WORDS = `${wordOf(70)[0]} ${wordOf(72)[0]}`;

interface Question {
  key: string;
  name: string;
  title: string;
  variables: Record<string, Json>;
  /** Ask for the page behind the first one. */
  isSecondPage?: boolean;
  /** Give a list another alias in each request. */
  isNew?: boolean;
  /** So slow that rounds have to be longer. */
  isSlow?: boolean;
  /** Who answers it; all sides unless told. */
  sides?: readonly string[];
}

const QUESTIONS: readonly Question[] = [
  { key: 'a', name: 'fairs', title: '20 fairs with what belongs to them', variables: { first: 20 } },
  { key: 'b', name: 'fair', title: 'one fair with everything', variables: { slug: 'convention-100-2014' } },
  { key: 'c', name: 'names', title: '20 names', variables: {} },
  {
    key: 'd',
    name: 'filtered',
    title: 'the second page of a filtered list',
    variables: { city: 'City 3' },
    isSecondPage: true,
  },
  {
    key: 'e',
    name: 'search',
    title: 'a search for two words',
    variables: { query: TWO_WORDS },
    isSlow: true,
    sides: ['service', 'hand-written limit'],
  },
  {
    key: 'f',
    name: 'fairs',
    title: 'as (a), with an operation never seen before',
    variables: { first: 20 },
    isNew: true,
    sides: ['service', 'mercurius + jit', 'Yoga', 'Apollo default', 'PostGraphile'],
  },
];

const BARS = new Map<string, number>([
  ['a hand-written limit', 0.5],
  ['a mercurius + jit', 1.7],
  ['a Yoga', 5],
  ['a Apollo default', 5],
  ['a PostGraphile', 4],
  ['b hand-written limit', 0.45],
  ['c hand-written limit', 0.45],
  ['d hand-written limit', 0.45],
]);

/** Something that answers the questions. */
export interface Side {
  name: string;
  /** Where it answers a question. */
  url(question: string): string;
  /** How it is asked a question; as the service is unless told. */
  operation?(question: string, operation: Operation): Operation;
  /** Its data in the shape of the service's; the same unless told. */
  data?(question: string, data: Json): Json;
  close(): Promise<void>;
}

const sideAt = (name: string, { origin, close }: Server, url = (_question: string) => `${origin}/graphql`): Side => ({
  name,
  url,
  close,
});

async function startSides(database: string): Promise<Side[]> {
  const limit = await startScript('limit', database, TWO_WORDS);
  const sides = [
    sideAt('service', await startService(database, { isCached: false })),
    sideAt('hand-written limit', limit, (question) => `${limit.origin}/${question}`),
    sideAt('mercurius + jit', await startScript('peers/mercurius', database)),
    sideAt('Yoga', await startScript('peers/yoga', database)),
    sideAt('Apollo default', await startScript('peers/apollo', database)),
  ];
  const postgraphile = await startPostGraphile(database);
  return postgraphile ? [...sides, postgraphile] : sides;
}

/**
 * Measures the service beside other servers, all without a cache of answers and over the same data.
 * No side has a figure for a question that it answers by other rows than the service.
 */
export async function measureQuestions(data: Data, effort: Effort): Promise<Findings> {
  const sides = await startSides(await data.database('middle'));
  try {
    const rows: string[][] = [];
    const figures: Figure[] = [];
    const raw: Record<string, Record<string, number[]>> = {};
    for (const question of QUESTIONS) {
      console.error(`(${question.key}) ${question.title} …`);
      const asked = await askedOf(question, sides);
      const rates = await measured(question, asked.same, effort);
      raw[question.key] = Object.fromEntries(rates);
      figures.push(...figuresOf(question, sides, rates, asked.others));
      rows.push(rowOf(question, sides, rates, asked.others));
    }
    return { figures, tables: [tableOf(sides, rows)], raw };
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}

interface Asked {
  side: Side;
  operation: Operation;
}

/** Asks each side once, and parts those that answer by the rows of the service from the others. */
async function askedOf(question: Question, sides: readonly Side[]): Promise<{ same: Asked[]; others: Set<string> }> {
  const same: Asked[] = [];
  const others = new Set<string>();
  let expected: Json | undefined;
  for (const side of sides) {
    if (question.sides && !question.sides.includes(side.name)) continue;
    const operation = await operationFor(question, side);
    const answered = await ask(side.url(question.name), operation).catch((error: unknown) => String(error));
    const rows = withoutCursors(side.data?.(question.name, answered) ?? answered);
    expected ??= rows;
    if (isDeepStrictEqual(rows, expected)) {
      same.push({ side, operation });
      continue;
    }
    others.add(side.name);
    console.error(`(${question.key}) ${side.name} answers other rows than the service: ${difference(expected, rows)}`);
  }
  return { same, others };
}

async function operationFor(question: Question, side: Side): Promise<Operation> {
  const plain = { query: questionText(question.name), variables: question.variables };
  const operation = side.operation?.(question.name, plain) ?? plain;
  if (!question.isSecondPage) return operation;
  const first = await ask(side.url(question.name), {
    ...operation,
    variables: { ...operation.variables, after: null },
  });
  const after = at(side.data?.(question.name, first) ?? first, 'editions', 'pageInfo', 'endCursor');
  return { ...operation, variables: { ...operation.variables, after } };
}

/** Cursors are opaque: each side has its own. */
function withoutCursors(data: Json): Json {
  return JSON.parse(JSON.stringify(data, (key, value) => (key === 'endCursor' ? null : value)));
}

/** The first place where two answers differ. */
function difference(expected: Json, rows: Json, path = 'data'): string {
  const keys = Object.keys(Object(expected));
  if (keys.length === 0 || typeof rows !== 'object' || rows === null)
    return `${path}: ${JSON.stringify(rows)?.slice(0, 500)} in place of ${JSON.stringify(expected)?.slice(0, 500)}`;
  const key = keys.find((name) => !isDeepStrictEqual(at(rows, name), at(expected, name)));
  return key === undefined ? `${path} has more` : difference(at(expected, key), at(rows, key), `${path}.${key}`);
}

async function measured(question: Question, asked: readonly Asked[], effort: Effort): Promise<Map<string, number[]>> {
  const rates = new Map<string, number[]>(asked.map(({ side }) => [side.name, []]));
  const spent = question.isSlow ? { ...effort, warmUp: 3, seconds: Math.max(5, effort.seconds) } : effort;
  for (let round = 0; round < effort.rounds; round += 1)
    for (const { side, operation } of asked) {
      const body = question.isNew ? newBody(operation) : JSON.stringify(operation);
      rates.get(side.name)?.push(await requestsPerSecond({ url: side.url(question.name), body }, spent));
    }
  return rates;
}

let aliases = 0;

/** The same fields each time, under an alias that was never sent before. */
function newBody({ query, variables }: Operation): () => string {
  const before = query.indexOf('{') + 1;
  const after = query.slice(before).replace(/^\s*(\w+: )?/, '');
  return () => {
    aliases += 1;
    return JSON.stringify({ query: `${query.slice(0, before)} list${aliases}: ${after}`, variables });
  };
}

function figuresOf(
  question: Question,
  sides: readonly Side[],
  rates: ReadonlyMap<string, number[]>,
  others: ReadonlySet<string>,
): Figure[] {
  const service = rates.get('service') ?? [];
  return [...new Set([...sides.map(({ name }) => name), 'PostGraphile'])].flatMap((name) => {
    if (name === 'service' || (question.sides && !question.sides.includes(name))) return [];
    const title = `(${question.key}) ${question.title}: service / ${name}`;
    const bar = BARS.get(`${question.key} ${name}`);
    const atLeast = bar === undefined ? undefined : { atLeast: bar };
    const theirs = rates.get(name);
    if (theirs) return [ratio(title, service, theirs, atLeast)];
    return [missing(title, atLeast, others.has(name) ? 'other rows' : 'not available', others.has(name))];
  });
}

function rowOf(
  question: Question,
  sides: readonly Side[],
  rates: ReadonlyMap<string, number[]>,
  others: ReadonlySet<string>,
): string[] {
  const service = rates.get('service') ?? [];
  const cells = sides.map(({ name }) => {
    const theirs = rates.get(name);
    if (!theirs) return others.has(name) ? 'other rows' : '–';
    if (name === 'service') return shown(median(theirs));
    const compared = ratio('', service, theirs, undefined);
    return `${shown(median(theirs))}: ${shown(compared.value)} (${rangeOf(compared)})`;
  });
  return [`(${question.key}) ${question.title}`, ...cells];
}

function tableOf(sides: readonly Side[], rows: string[][]): Table {
  return {
    title:
      'Requests per second over 16 connections: the median of the rounds, then the median of the ratio service / side and its range. No cache of answers. The hand-written limit of (e) is the statement that the planner of the service writes; the others cannot search.',
    head: ['question', ...sides.map(({ name }) => name)],
    rows,
  };
}
