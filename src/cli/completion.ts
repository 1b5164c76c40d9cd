import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Argument, Command, type Option } from 'commander';
import { headlineOf, questionSlugs, SHIPPED_QUESTIONS } from '../web/headlines.ts';
import { addExamples } from './help.ts';

/** The scripts that the package ships; both src/cli and dist/cli lie two folders below them. */
const SCRIPTS = fileURLToPath(new URL('../../completion', import.meta.url));

const scripts: Record<string, string> = { bash: 'expograph.bash', zsh: '_expograph', fish: 'expograph.fish' };

/** Arguments and values of options that are called so are files or folders; the shell completes them itself. */
const PATHS: ReadonlySet<string> = new Set(['path', 'before', 'after', 'operation']);

/** Options whose values are called so may be given again and again. */
const REPEATED = 'key=value';

/** Prints the script for a shell. */
export const completionCommand = new Command('completion')
  .description(
    'Print the script by which a shell completes commands, options, their values, worked questions and files. The script asks the expograph in PATH: "npm link" in a clone puts it there, npx does not.',
  )
  .addArgument(new Argument('<shell>', 'the shell to complete in').choices(Object.keys(scripts)))
  .action((shell: string) => {
    process.stdout.write(readFileSync(join(SCRIPTS, scripts[shell] ?? ''), 'utf8'));
  });

addExamples(completionCommand, [
  {
    says: 'In this bash; put the line into ~/.bashrc to have it in each.',
    command: 'source <(expograph completion bash)',
  },
  {
    says: 'For zsh: into a folder of $fpath, before compinit; or source it behind compinit, as in bash.',
    command: 'expograph completion zsh > _expograph',
  },
  {
    says: 'For fish: into ~/.config/fish/completions.',
    command: 'expograph completion fish > expograph.fish',
  },
]);

/** What the scripts call, with the words up to the cursor; the last is the one to complete, and may be empty. */
export const completeCommand = new Command('complete')
  .argument('[words...]')
  .action(async (words: string[], _options: unknown, command: Command) => {
    const { suggestions, pathAfter } = await fitting(command.parent ?? command, words);
    const lines = suggestions.map(({ value, says }) => `${value}\t${says}\n`);
    // The shell takes off what stands before the path.
    if (pathAfter !== undefined) lines.push(`:files\t${pathAfter}\n`);
    process.stdout.write(lines.join(''));
  });

/** What could stand at the cursor. */
interface Fitting {
  suggestions: { value: string; says: string }[];
  /** What comes before the path in the word, such as "--file="; undefined where no path fits. */
  pathAfter?: string;
}

/** Where in the line the cursor is. */
interface Place {
  command: Command;
  /** The arguments of the command before the cursor. */
  operands: string[];
  given: Set<Option>;
  /** The option whose value is at the cursor. */
  awaiting: Option | undefined;
  /** Behind "--", nothing is an option. */
  isLiteral: boolean;
}

/**
 * @param program with the commands that the words could be about
 * @param words what stands behind "expograph" up to the cursor
 * @returns all that fits, whatever the last word begins with: a shell may compare in its own way
 */
async function fitting(program: Command, words: readonly string[]): Promise<Fitting> {
  const place = placeAt(program, words.slice(0, -1));
  const typed = words.at(-1) ?? '';
  const { command, operands, awaiting, isLiteral } = place;
  if (awaiting) return valuesOf(placeholder(awaiting), awaiting.argChoices, '', typed);
  if (!isLiteral && typed.startsWith('-')) {
    const [, flag = '', value] = /^(--[^=]*)=(.*)$/s.exec(typed) ?? [];
    if (value === undefined) return optionsAt(place);
    const option = optionOf(command, flag);
    return option?.required ? valuesOf(placeholder(option), option.argChoices, `${flag}=`, value) : { suggestions: [] };
  }
  const fits = await operandsOf(command, operands, typed);
  const isNothing = fits.suggestions.length === 0 && fits.pathAfter === undefined;
  const isComplete = isNothing && typed === '' && command.commands.length === 0;
  return isComplete && !isLiteral ? optionsAt(place) : fits;
}

function placeAt(program: Command, words: readonly string[]): Place {
  let place: Place = { command: program, operands: [], given: new Set(), awaiting: undefined, isLiteral: false };
  for (const word of words) {
    const { command, operands, given, awaiting, isLiteral } = place;
    if (awaiting) place.awaiting = undefined;
    else if (!isLiteral && word === '--') place.isLiteral = true;
    else if (!isLiteral && /^-./.test(word)) {
      const option = optionOf(command, word);
      if (!option) continue;
      given.add(option);
      if (option.required && (word === option.long || word === option.short)) place.awaiting = option;
    } else {
      const child = operands.length === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (child) place = { ...place, command: child, given: new Set() };
      else operands.push(word);
    }
  }
  return place;
}

/** @param word as it is written: "--format", "--format=csv", "-f" or "-fyear=2021" */
function optionOf(command: Command, word: string): Option | undefined {
  const long = word.replace(/=.*/s, '');
  return visibleOptions(command).find((one) => one.long === long || one.short === word.slice(0, 2));
}

function visibleOptions(command: Command): Option[] {
  return command.createHelp().visibleOptions(command);
}

function placeholder({ flags }: Option): string {
  return /[<[](.+)[>\]]/.exec(flags)?.[1] ?? '';
}

function optionsAt({ command, given }: Place): Fitting {
  const options = visibleOptions(command).filter((one) => !given.has(one) || placeholder(one) === REPEATED);
  return {
    suggestions: options.map(({ long, short, description }) => ({ value: long ?? short ?? '', says: description })),
  };
}

async function operandsOf(command: Command, operands: readonly string[], typed: string): Promise<Fitting> {
  if (command.name() === 'help' && command.parent) return commandsOf(placeAt(command.parent, operands));
  if (command.commands.length > 0) return commandsOf({ command, operands });
  const argument = command.registeredArguments[operands.length];
  return argument ? valuesOf(argument.name(), argument.argChoices, '', typed) : { suggestions: [] };
}

function commandsOf({ command, operands }: { command: Command; operands: readonly string[] }): Fitting {
  // Behind a word that is no command, none fits.
  const commands = operands.length === 0 ? command.createHelp().visibleCommands(command) : [];
  return { suggestions: commands.map((one) => ({ value: one.name(), says: one.description() })) };
}

/**
 * @param name what the argument, or the value of the option, is called
 * @param before what stands before the value in the same word
 * @param typed what is written of the value
 */
async function valuesOf(
  name: string,
  choices: readonly string[] | undefined,
  before: string,
  typed: string,
): Promise<Fitting> {
  const suggestions: Fitting['suggestions'] = (choices ?? []).map((value) => ({ value, says: '' }));
  if (name === 'operation')
    for (const slug of questionSlugs(SHIPPED_QUESTIONS)) {
      const text = readFileSync(join(SHIPPED_QUESTIONS, `${slug}.graphql`), 'utf8');
      suggestions.push({ value: slug, says: headlineOf(text) ?? '' });
    }
  if (name === 'slug') for (const value of await conventionSlugs()) suggestions.push({ value, says: '' });
  const fits = { suggestions: suggestions.map(({ value, says }) => ({ value: before + value, says })) };
  if (PATHS.has(name)) return { ...fits, pathAfter: before };
  // The variables may stand in a file.
  return name === 'json' && typed.startsWith('@') ? { ...fits, pathAfter: `${before}@` } : fits;
}

/** @returns those in the database; none where it cannot be read, since a TAB is no place for the reason */
async function conventionSlugs(): Promise<string[]> {
  const { environmentSettings } = await import('../settings.ts');
  const { openReader } = await import('../store/open.ts');
  try {
    const reader = openReader(environmentSettings().databasePath);
    try {
      return reader.rows('SELECT slug FROM conventions ORDER BY slug', []).map(({ slug }) => String(slug));
    } finally {
      reader.close();
    }
  } catch {
    return [];
  }
}
