import { Command, InvalidArgumentError, Option } from 'commander';
import type { QueryOptions } from './ask.ts';
import { addExamples } from './help.ts';
import type { Field } from './variables.ts';

/** Asks the database, or a service, and prints the answer. */
export const queryCommand = new Command('query')
  .description('Ask the graph: the database in this process, without a port, or a service elsewhere by --url.')
  .argument('[operation]', 'the operation, the name of a worked question, a .graphql file, or - for standard input')
  .option('--file <path>', 'read the operation from a file')
  .option('--list', 'show the worked questions that can be asked by name')
  .option(
    '--variables <json>',
    'the variables as a JSON object, or @ and the path of a file that holds one (@- is standard input)',
  )
  .option(
    '-f, --field <key=value>',
    'a variable, of the type that the operation gives it; it goes before that of --variables',
    collect('-f'),
  )
  .option('-F, --string <key=value>', 'a variable that is a text, whatever it looks like', collect('-F'))
  .option('--operation-name <name>', 'which operation to run, where there are several')
  .option('--url <address>', 'ask the service there, instead of the database')
  .option('--language <tags>', 'the languages preferred, as in the header Accept-Language: zh-Hans, or de;q=0.8, en')
  .addOption(
    new Option(
      '--format <format>',
      'how the answer is printed; unless told, a table on a terminal where all of it has a place in one that can be read, cut to its width, else JSON',
    ).choices(['json', 'jsonl', 'csv', 'table']),
  )
  .option('--paginate', 'follow the one list that asks for pageInfo to its end')
  .option('--max <number>', 'as --paginate, and stop after so many items', wholeNumber)
  .option('--rows <list>', 'the list that becomes the rows, where there are several')
  .option('--explode <list>', 'give each item of this nested list a row of its own')
  .option('--bom', 'begin CSV with a byte order mark, for Excel')
  .option('--quiet', 'show no progress; errors are still told')
  .action(async (operation: string | undefined, options: QueryOptions) => {
    const { ask } = await import('./ask.ts');
    await ask(operation, options);
  });

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
    command: "expograph query '{ editions { nodes { year themes { text } } } }' --explode themes --format jsonl",
  },
  {
    says: 'Ask a service; it need not be on this machine.',
    command: "expograph query --url http://127.0.0.1:4000 '{ service { version } }'",
  },
  {
    says: 'Select from the answer with jq, which does that better than an option could.',
    command: "expograph query largest-signings | jq -r '.data.editions.nodes[].year'",
  },
  {
    says: 'The same line by line: the years of all editions that were held.',
    command: `expograph query '{ editions { nodes { year status } } }' --format jsonl | jq 'select(.status == "HELD").year'`,
  },
]);

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
