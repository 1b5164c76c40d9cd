import { type Dirent, readdirSync } from 'node:fs';
import type { Command as Completed } from '@bomb.sh/tab';
import complete from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { addExamples } from './help.ts';
import { workedQuestions } from './operation.ts';

/** The script for bash calls this function of bash-completion, which not every system has. */
const BASH_WITHOUT_COMPLETION = `declare -F _get_comp_words_by_ref >/dev/null || _get_comp_words_by_ref() {
    cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD
}
`;

/**
 * Adds `completion`, which prints a script for a shell, and the hidden `complete` that the script calls.
 * @param program with all of its commands
 * @param words what stands behind "expograph"; of a call of the script, the last is the one to complete
 */
export function addCompletion(program: Command, words: readonly string[]): void {
  const root = complete(program, { completionCommandName: 'completion' });
  const typed = words.at(-1)?.replace(/^--[\w-]+=/, '') ?? '';
  for (const [name, completed] of root.commands) {
    const command = name
      .split(' ')
      .reduce<Command | undefined>((parent, word) => parent?.commands.find((one) => one.name() === word), program);
    if (command) completePaths(command, completed, typed);
  }
  const operation = root.commands.get('query')?.arguments.get('operation');
  if (operation)
    operation.handler = (suggest) => {
      for (const { slug, headline } of workedQuestions()) suggest(slug, headline);
    };

  const command = program.commands.find((one) => one.name() === 'completion');
  if (!command) throw new TypeError('The library of completion names its command otherwise.');
  const description =
    'Print the script by which a shell completes commands, options, their values and worked questions.';
  const completed = root.commands.get('completion');
  if (completed) completed.description = description;
  command.description(description).hook('preAction', () => {
    if (command.args[0] === 'bash') console.log(BASH_WITHOUT_COMPLETION);
  });
  addExamples(command, [
    {
      says: 'In this bash; put the line into ~/.bashrc to have it in each.',
      command: 'source <(expograph completion bash)',
    },
    { says: 'The same for zsh: into ~/.zshrc, behind compinit.', command: 'expograph completion zsh > expograph.zsh' },
    {
      says: 'For fish: into ~/.config/fish/completions.',
      command: 'expograph completion fish > expograph.fish',
    },
  ]);
}

/** Arguments and options' values that are called "path" are completed from the file system. */
function completePaths(command: Command, completed: Completed, typed: string): void {
  const handler = (suggest: (value: string, description: string) => void) => {
    for (const path of pathsFrom(typed)) suggest(path, '');
  };
  for (const [name, argument] of completed.arguments) if (name === 'path') argument.handler = handler;
  for (const { long, flags } of command.options) {
    const option = completed.options.get(long?.slice(2) ?? '');
    if (option && /[<[]path[>\]]$/.test(flags)) option.handler = handler;
  }
}

/** @returns the files and folders whose paths begin with what is typed; of one folder alone, also what is in it */
function pathsFrom(typed: string): string[] {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const paths = entries(folder)
    .filter(({ name }) => typed !== folder || !name.startsWith('.'))
    .map((entry) => folder + entry.name + (entry.isDirectory() ? '/' : ''))
    .filter((path) => path.startsWith(typed));
  const [only = ''] = paths;
  // Else the shell would take the folder for the whole word.
  if (paths.length === 1 && only.endsWith('/')) return [only, ...entries(only).map(({ name }) => only + name)];
  return paths.sort();
}

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder || '.', { withFileTypes: true });
  } catch {
    return [];
  }
}
