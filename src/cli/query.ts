import { clearLine, cursorTo } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { GraphQLFormattedError } from 'graphql';
import type { AnswerOptions, Ask, Format } from '../answer/answer.ts';
import { UsageError } from './failure.ts';
import { addExamples } from './help.ts';
import type { Source } from './source.ts';
import type { Field } from './variables.ts';

const formats = ['json', 'jsonl', 'csv', 'table'] as const satisfies readonly Format[];

interface QueryOptions {
  file?: string;
  list?: true;
  variables?: string;
  field?: Field[];
  string?: Field[];
  operationName?: string;
  url?: string;
  language?: string;
  format?: Format;
  paginate?: true;
  max?: number;
  rows?: string;
  explode?: string;
  bom?: true;
  quiet?: true;
}

/** Asks the database, or a service, and prints the answer. */
export const queryCommand = new Command('query')
  .description('Ask the graph: the database in this process, without a port, or a service elsewhere by --url.')
  .argument('[operation]', 'the operation, the name of a worked question, a .graphql file, or - for standard input')
  .option('--file <path>', 'read the operation from a file')
  .option('--list', 'show the worked questions that can be asked by name')
  .option('--variables <json>', 'the variables as a JSON object, or @ and the path of a file that holds one')
  .option('-f, --field <key=value>', 'a variable, of the type that the operation gives it', collect('-f'))
  .option('-F, --string <key=value>', 'a variable that is a text, whatever it looks like', collect('-F'))
  .option('--operation-name <name>', 'which operation to run, where there are several')
  .option('--url <address>', 'ask the service there, instead of the database')
  .option('--language <tags>', 'the languages preferred, as in the header Accept-Language: zh-Hans, or de;q=0.8, en')
  .addOption(
    new Option('--format <format>', 'how the answer is printed; unless told, a table on a terminal, else JSON').choices(
      formats,
    ),
  )
  .option('--paginate', 'follow the one list that asks for pageInfo to its end')
  .option('--max <number>', 'as --paginate, and stop after so many items', wholeNumber)
  .option('--rows <path>', 'the list that becomes the rows, where there are several')
  .option('--explode <path>', 'give each item of this nested list a row of its own')
  .option('--bom', 'begin CSV with a byte order mark, for Excel')
  .option('--quiet', 'show no progress; errors are still told')
  .action(run);

addExamples(queryCommand, [
  { says: 'Ask the database.', command: "expograph query '{ service { version dataVersion } }'" },
  { says: 'See the worked questions, which can be asked by name.', command: 'expograph query --list' },
  { says: 'Ask one of them.', command: 'expograph query find-hefei' },
  {
    says: 'A variable; -f makes it a number, since the operation says Int.',
    command:
      "expograph query 'query ($year: Int) { editions(where: { year: { eq: $year } }) { nodes { slug } } }' -f year=2021",
  },
  {
    says: 'An operation from a file, with its variables as JSON.',
    command: `expograph query --file question.graphql --variables '{"year": 2021}'`,
  },
  { says: 'An operation from standard input.', command: "echo '{ service { name } }' | expograph query" },
  {
    says: 'A table in Chinese.',
    command: "expograph query '{ editions { nodes { year name dates } } }' --language zh-Hans --format table",
  },
  {
    says: 'All sources as CSV for Excel, however many pages they are.',
    command:
      "expograph query '{ sources { pageInfo { hasNextPage endCursor } nodes { slug publisher publishedOn } } }' --paginate --format csv --bom > sources.csv",
  },
  {
    says: 'A line of JSON for each theme of each edition.',
    command:
      "expograph query '{ editions { nodes { year themes { nodes { text } } } } }' --explode themes.nodes --format jsonl",
  },
  {
    says: 'Ask a service; it need not be on this machine.',
    command: "expograph query --url http://127.0.0.1:4000 '{ service { version } }'",
  },
  {
    says: 'Select from the answer with jq, which does that better than an option could.',
    command: "expograph query largest-signings | jq -r '.data.editions.nodes[].slug'",
  },
  {
    says: 'The same line by line: the years of all editions that were held.',
    command: `expograph query '{ editions { nodes { year status } } }' --format jsonl | jq 'select(.status == "HELD").year'`,
  },
]);

async function run(operation: string | undefined, options: QueryOptions): Promise<void> {
  const { readOperation, workedQuestions } = await import('./operation.ts');
  if (options.list) {
    const questions = workedQuestions();
    const width = Math.max(...questions.map(({ slug }) => slug.length));
    for (const { slug, headline } of questions) console.log(`${slug.padEnd(width)}  ${headline}`);
    return;
  }
  const format = options.format ?? (process.stdout.isTTY ? 'table' : 'json');
  refuseUnusable(format, options);
  const { query, variables: beside } = await readOperation(operation, options.file);
  const { openDatabase, openService } = await import('./source.ts');
  const { readVariables } = await import('./variables.ts');
  const { url, language, operationName } = options;
  const source = url === undefined ? await openDatabase(language) : openService(url, language);
  try {
    const variables = await readVariables(
      { json: options.variables ?? beside, fields: [...(options.field ?? []), ...(options.string ?? [])] },
      { query, operationName },
      source.schema,
    );
    const question = { query, ...(variables && { variables }), ...(operationName !== undefined && { operationName }) };
    const errors = await print(question, source, format, options);
    if (errors.length > 0) process.exitCode = 1;
    // In JSON they stand in the answer itself.
    if (format !== 'json') for (const error of errors) console.error(errorLine(error));
  } finally {
    await source.close();
  }
}

async function print(
  question: Parameters<Ask>[0],
  source: Source,
  format: Format,
  { paginate, max, rows, explode, bom, quiet }: QueryOptions,
): Promise<readonly GraphQLFormattedError[]> {
  const follows = paginate || max !== undefined;
  if (format === 'json' && !follows) {
    // Without a schema, which a service would have to be asked for first.
    const result = await source.ask(question);
    await write([`${JSON.stringify(result, null, 2)}\n`]);
    return result.errors ?? [];
  }
  const isWholeAtEnd = format === 'json' || format === 'table';
  const progress = quiet || (process.stdout.isTTY && !isWholeAtEnd) ? undefined : progressLine(process.stderr);
  const options: AnswerOptions = {
    format,
    ...(follows && { paginate: true }),
    ...(max !== undefined && { max }),
    ...(rows !== undefined && { rows }),
    ...(explode !== undefined && { explode }),
    ...(bom && { bom }),
    ...(process.stdout.isTTY && { width: process.stdout.columns }),
    ...(progress && { onPage: progress.show }),
  };
  const { answer } = await import('../answer/answer.ts');
  try {
    const { errors, text } = await answer(question, await source.schema(), source.ask, options);
    await write(text);
    return errors;
  } finally {
    progress?.clear();
  }
}

const write = (text: Iterable<string> | AsyncIterable<string>) =>
  pipeline(Readable.from(text), process.stdout, { end: false });

/** A line that is written over again and again; nothing where the stream is no terminal. */
function progressLine(stream: NodeJS.WriteStream) {
  if (!stream.isTTY) return undefined;
  const clear = () => {
    cursorTo(stream, 0);
    clearLine(stream, 0);
  };
  const show = (items: number, total?: number) => {
    clear();
    stream.write(total === undefined ? `${items} items…` : `${items} of ${total} items…`);
  };
  return { show, clear };
}

function errorLine({ message, path, extensions }: GraphQLFormattedError): string {
  const code = typeof extensions?.code === 'string' ? `${extensions.code}: ` : '';
  return `${code}${message.replaceAll(/\s*\n\s*/g, ' ')}${path && path.length > 0 ? ` (at ${path.join('.')})` : ''}`;
}

function refuseUnusable(format: Format, { rows, explode, bom }: QueryOptions): void {
  if (bom && format !== 'csv') throw new UsageError('--bom is for CSV: add --format csv.');
  const flag = rows !== undefined ? '--rows' : explode !== undefined ? '--explode' : undefined;
  if (flag && format === 'json') throw new UsageError(`${flag} is for rows: add --format csv, jsonl or table.`);
}

function collect(flag: Field['flag']) {
  return (text: string, before: readonly Field[] = []): Field[] => {
    const at = text.indexOf('=');
    if (at < 1) throw new InvalidArgumentError('It must be like year=2021.');
    return [...before, { flag, name: text.slice(0, at), value: text.slice(at + 1) }];
  };
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  return number;
}
