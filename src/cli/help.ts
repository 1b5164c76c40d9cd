import type { Command } from 'commander';
import { didYouMean } from '../dataset/problems.ts';

/** A line for the shell that works as it stands, and what it does. */
export interface Example {
  says: string;
  command: string;
}

const declared = new WeakMap<Command, readonly Example[]>();

/**
 * Declares the examples of a command: they stand below its help and in docs/command-line.md, and a test runs each of them
 * in a folder that has data/ and question.graphql in it, over a database with the shipped dataset.
 */
export function addExamples(command: Command, examples: readonly Example[]): void {
  declared.set(command, examples);
  const lines = examples.map(({ says, command: line }) => `  # ${says}\n  ${line}`);
  command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** @returns the examples that were declared for a command */
export function examplesOf(command: Command): readonly Example[] {
  return declared.get(command) ?? [];
}

/**
 * Adds `help`, which also shows the help of commands within commands; an unknown command is refused with what may have
 * been meant.
 * @param parent with all of its commands
 */
export function addHelpCommand(parent: Command): void {
  parent
    .command('help')
    .description('Show the help of a command.')
    .argument('[command...]', 'its name, and that of a command of it')
    .action((names: readonly string[]) => {
      let found = parent;
      for (const name of names) {
        const child = found.commands.find((one) => one.name() === name);
        if (!child) return refuseUnknown(found, name);
        found = child;
      }
      found.outputHelp();
    });
  parent.on('command:*', ([name = '']: readonly string[]) => refuseUnknown(parent, name));
}

/** Unlike commander, it finds what was meant also where the case is another. */
function refuseUnknown(parent: Command, name: string): void {
  const known = parent
    .createHelp()
    .visibleCommands(parent)
    .map((one) => one.name());
  parent.error(`error: unknown command '${name}'${didYouMean(name, known)}`);
}

/** What each exit code means; src/cli/failure.ts decides. */
export const exitCodes: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'All went well.'],
  [
    1,
    'The answer has errors (also by a variable that the graph refuses), the data has problems, or a check found something wrong.',
  ],
  [2, 'Wrong usage: an unknown command, option, variable or setting, or a value of one that cannot be used.'],
  [
    3,
    'The database cannot be opened, the service cannot be reached, the port is taken, or the output cannot be written.',
  ],
];

/** The settings, which the environment gives. */
export const settings: readonly (readonly [name: string, meaning: string, standard: string])[] = [
  ['PORT', 'the port to serve on; 0 lets the system choose', '4000'],
  ['HOST', 'the address to serve on', '127.0.0.1'],
  ['DATABASE_PATH', 'the database file', 'var/expograph.db'],
  ['LOG_LEVEL', 'fatal, error, warn, info, debug, trace or silent', 'info'],
  ['PUBLIC_URL', 'where readers find the service', 'as each request says'],
  ['ANSWER_CACHE_MEGABYTES', 'how much of answers is kept; 0 keeps none', '64'],
  ['CACHE_MAX_AGE', 'for how many seconds others may use an answer without asking again', '0'],
  ['EXECUTOR', 'which operations are compiled: auto those that recur, compiled all, graphql-js none', 'auto'],
  ['RATE_LIMIT', 'so many requests a minute of each client; 0 for any number', '600'],
  ['OVERLOAD_DELAY', 'so many milliseconds late, what cannot be answered in time is refused; 0 refuses none', '500'],
  ['TRUST_PROXY', 'whose X-Forwarded-* headers count: how many proxies stand in front, or their addresses', 'none'],
];

/** What stands below the help of the program. */
export function programNotes(): string {
  return [
    '\nSettings are read from the environment:',
    ...settings.map(([name, meaning, standard]) => `  ${name.padEnd(22)}  ${meaning} (${standard})`),
    '\nExit codes:',
    ...exitCodes.map(([code, meaning]) => `  ${code}  ${meaning}`),
    '\nRun "expograph <command> --help" for its options and examples.',
  ].join('\n');
}

/**
 * Writes docs/command-line.md from what --help shows.
 * @param program with all of its commands
 * @returns Markdown
 */
export function commandLinePage(program: Command): string {
  return `${[
    '# The command line',
    program.description(),
    'Written from the text of `--help` by `npm run generate`; do not edit it. Results go to standard output, all else to standard error.',
    '## Exit codes',
    table(['code', 'meaning'], exitCodes),
    '## Settings',
    'Read from the environment; one that is empty counts as not set.',
    table(
      ['setting', 'meaning', 'default'],
      settings.map(([name, ...rest]) => [`\`${name}\``, ...rest]),
    ),
    ...visibleCommands(program).flatMap((command) => commandSection(command, program.name())),
  ].join('\n\n')}\n`;
}

function visibleCommands(command: Command): Command[] {
  const help = command.createHelp();
  return help.visibleCommands(command).filter((one) => one.name() !== 'help');
}

function commandSection(command: Command, parent: string): string[] {
  const name = `${parent} ${command.name()}`;
  const help = command.createHelp();
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  const operands = help.visibleArguments(command);
  const examples = examplesOf(command);
  const children = visibleCommands(command);
  const terms = [
    ...operands.map((one) => [`\`${help.argumentTerm(one)}\``, help.argumentDescription(one)] as const),
    ...options.map((one) => [`\`${help.optionTerm(one)}\``, help.optionDescription(one)] as const),
  ];
  return [
    `## ${name}`,
    command.description(),
    `\`\`\`\n${name} ${command.usage()}\n\`\`\``,
    ...(terms.length > 0 ? [table(['argument or option', 'meaning'], terms)] : []),
    ...(examples.length > 0
      ? [`\`\`\`sh\n${examples.map((one) => `# ${one.says}\n${one.command}`).join('\n\n')}\n\`\`\``]
      : []),
    ...children.flatMap((child) => commandSection(child, name)),
  ];
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
