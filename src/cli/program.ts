import { Command } from 'commander';
import { VERSION } from '../graphql/version.ts';
import { UsageError } from './failure.ts';
import { addHelpCommand, programNotes } from './help.ts';

/** Each command, loaded only where it is asked for: a question need not wait for the server's libraries. */
const commands: Record<string, () => Promise<Command>> = {
  query: async () => (await import('./query.ts')).queryCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  import: async () => (await import('./import.ts')).importCommand,
  validate: async () => (await import('./validate.ts')).validateCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  diff: async () => (await import('./diff.ts')).diffCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  search: async () => (await import('./search.ts')).searchCommand,
  completion: async () => (await import('./completion.ts')).completionCommand,
};

/**
 * @param words what stands behind "expograph"; where they begin with a command, only that one is loaded
 * @returns the program; it throws a CommanderError where it would exit
 */
export async function openProgram(words: readonly string[] = []): Promise<Command> {
  const program = new Command('expograph')
    .description('Trade conventions as one GraphQL graph, every number with its source.')
    .version(VERSION)
    .addHelpText('after', programNotes());
  // A shell asks by "complete -- query --f"; the last word need not be all of a command.
  const isCompletion = words[0] === 'complete';
  const [asked = ''] = isCompletion ? words.slice(2, -1) : words;
  const own = Object.hasOwn(commands, asked) ? commands[asked] : undefined;
  for (const load of own ? [own] : Object.values(commands)) program.addCommand(await load());
  if (isCompletion) program.addCommand((await import('./completion.ts')).completeCommand, { hidden: true });
  addHelpCommand(program);
  throwInsteadOfExit(program, program.name());
  refuseTwice(program);
  return program;
}

/** Else the last one would go before the others without a word. */
function refuseTwice(command: Command): void {
  for (const option of command.options) {
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      const isList = Array.isArray(command.getOptionValue(option.attributeName()));
      if (isGiven && !isList) throw new UsageError(`${option.long} is given twice; leave out one of them.`);
      isGiven = true;
    });
  }
  for (const child of command.commands) refuseTwice(child);
}

function throwInsteadOfExit(command: Command, name: string): void {
  command.exitOverride().showHelpAfterError(`Run "${name} --help" for what there is.`);
  for (const child of command.commands) throwInsteadOfExit(child, `${name} ${child.name()}`);
}
