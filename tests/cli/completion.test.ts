import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bash, expograph, openWorkplace } from '../support/command-line.ts';

/** Keys: complete what is unambiguous, insert all that fits, go a word back, show the line and empty it. */
const TAB = '\t';
const ALL = '\u001B*';
const BACK = '\u001Bb';
const SHOW = '\u000F';

const HOSTILE = 'x$(touch OWNED).yaml';
/** What a line would make if it were run. */
const MADE = ['OWNED', 'PWNED'];

const workplace = openWorkplace();
const { folder } = workplace;
const home = join(folder, 'home');
const files = {
  'out.yaml': 'kept',
  'q.graphql': '{ service { name } }',
  'more/new.yaml': '',
  'my data/new one.yaml': '',
  "it's.yaml": '',
  'a&b.yaml': '',
  '(1).yaml': '',
  [HOSTILE]: '',
  'home/notes/mine.yaml': '',
};

for (const path of ['more', 'my data', 'home/notes']) mkdirSync(join(folder, path), { recursive: true });
for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { out: installed } = await bash(workplace, 'for shell in bash zsh fish; do command -v $shell || true; done');
const isInstalled = (shell: string) => installed.includes(`/${shell}\n`);

/** Runs a shell to its end, without the terminal of whoever runs the tests. */
function run(shell: string, args: string[], input: string, settings: Record<string, string> = {}): Promise<string> {
  const env = { ...workplace.environment, HOME: home, TERM: 'dumb', INPUTRC: '/dev/null', ...settings };
  return new Promise((resolve) => {
    const child = spawn(shell, args, { cwd: folder, env, detached: true });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.resume();
    child.on('close', () => resolve(out));
    child.stdin.on('error', () => {}).end(input);
  });
}

/** What an interactive shell has in its line after each of these keys; a shell reads them as if they were typed. */
type Typing = (keys: readonly string[]) => Promise<string[]>;

/**
 * Types into a shell, one line after the other, and expects what stands in each. All shells begin at once, since each
 * waits for Node at every line.
 */
function completes(
  shell: 'bash' | 'zsh' | 'fish',
  type: Typing,
  rows: readonly (readonly [what: string, keys: string, line: string])[],
): void {
  const typing = isInstalled(shell) ? type(rows.map(([, keys]) => keys)) : Promise.resolve([]);
  // It is awaited later, which is no reason to end the tests before.
  typing.catch(() => {});
  describe.skipIf(!isInstalled(shell))(`${shell} completes`, () => {
    beforeAll(() => typing, 240_000);
    test.each(rows)('%s', async (what, keys, line) => {
      const lines = await typing;
      expect([keys, lines[rows.findIndex(([one]) => one === what)]]).toEqual([keys, line]);
    });
    test('nothing in the line or in a name is run, and no file is touched', () => {
      for (const name of MADE) expect(existsSync(join(folder, name))).toBe(false);
      expect(readFileSync(join(folder, 'out.yaml'), 'utf8')).toBe('kept');
    });
  });
}

const typeIntoBash: Typing = async (keys) => {
  const place = mkdtempSync(join(home, 'bash-'));
  const setup = `
    source <(expograph completion bash)
    show() { printf '%s\\n' "$READLINE_LINE" >>'${place}/lines'; READLINE_LINE= READLINE_POINT=0; }
    bind -x '"\\C-o": show'
    unset HISTFILE
  `;
  const text = `${setup}\n${keys.map((one) => one + SHOW).join('')}exit\n`;
  await run('bash', ['--norc', '--noprofile', '-i'], text);
  return readFileSync(join(place, 'lines'), 'utf8').split('\n');
};

completes('bash', typeIntoBash, [
  ['commands', `expograph se${ALL}`, 'expograph search serve '],
  ['commands of a command', `expograph search r${TAB}`, 'expograph search rebuild '],
  ['commands whose help is asked for', `expograph help search r${TAB}`, 'expograph help search rebuild '],
  [
    'a command in the middle of a line',
    `expograph que --bom${BACK}${BACK}\u0006\u0006\u0006${TAB}`,
    'expograph query --bom',
  ],
  ['options', `expograph query --pag${TAB}`, 'expograph query --paginate '],
  [
    'only options that are not given yet, unless they may be given again',
    `expograph query -f a=b --file=q.graphql --fi${ALL}`,
    'expograph query -f a=b --file=q.graphql --field ',
  ],
  ['options where no argument fits', `expograph doctor --format json ${ALL}`, 'expograph doctor --format json --help '],
  ['values of an option', `expograph query --format j${ALL}`, 'expograph query --format json jsonl '],
  ['all values behind =', `expograph validate --format=${ALL}`, 'expograph validate --format=jsonl text '],
  ['values behind =', `expograph query --format=c${TAB}`, 'expograph query --format=csv '],
  ['shells', `expograph completion ${ALL}`, 'expograph completion bash fish zsh '],
  [
    'conventions of the database',
    `expograph export --convention world-m${TAB}`,
    'expograph export --convention world-manufacturing-convention ',
  ],
  [
    'worked questions',
    `expograph query fi${ALL}`,
    'expograph query find-areas-and-themes find-hefei first-hand-sources ',
  ],
  [
    'worked questions in the middle of a line',
    `expograph query find-h --bom${BACK}\u0002\u0002\u0002${TAB}`,
    'expograph query find-hefei --bom',
  ],
  ['worked questions behind --', `expograph query -- find-h${TAB}`, 'expograph query -- find-hefei '],
  ['a file beside the worked questions', `expograph query q${TAB}`, 'expograph query q.graphql '],
  ['files as arguments', `expograph diff more/n${TAB}`, 'expograph diff more/new.yaml '],
  ['files as second arguments', `expograph diff data mo${TAB}`, 'expograph diff data more/'],
  ['files behind =', `expograph query --file=q${TAB}`, 'expograph query --file=q.graphql '],
  [
    'the file of variables behind @',
    `expograph query --variables @q${TAB}`,
    'expograph query --variables \\@q.graphql',
  ],
  ['no files for what is no path of a file', `expograph query --rows mo${TAB}`, 'expograph query --rows mo'],
  ['nothing where nothing fits', `expograph query --nonsense-${TAB}`, 'expograph query --nonsense-'],
  ['nothing behind the last argument', `expograph query find-hefei mo${TAB}`, 'expograph query find-hefei mo'],
  ['nothing for a command that is unknown', `expograph nope mo${TAB}`, 'expograph nope mo'],
  ['names with a blank, quoted', `expograph validate my${TAB}`, 'expograph validate my\\ data/'],
  ['names with an apostrophe, quoted', `expograph validate it${TAB}`, "expograph validate it\\'s.yaml "],
  ['names with signs of the shell, quoted', `expograph validate a${TAB}`, 'expograph validate a\\&b.yaml '],
  ['names with brackets, quoted', `expograph validate \\(${TAB}`, 'expograph validate \\(1\\).yaml '],
  ['names with a command, quoted', `expograph validate x${TAB}`, 'expograph validate x\\$\\(touch\\ OWNED\\).yaml '],
  [
    'what is in a folder that is quoted',
    `expograph validate my\\ data/${TAB}`,
    'expograph validate my\\ data/new\\ one.yaml ',
  ],
  ['what is in a folder in quotes', `expograph validate "my data/${TAB}`, 'expograph validate "my data/new one.yaml" '],
  ['what is at home', `expograph validate ~/no${TAB}`, 'expograph validate ~/notes/'],
  [
    'behind a redirection, as it stands',
    `expograph export > out.yaml --fo${TAB}`,
    'expograph export > out.yaml --format ',
  ],
  [
    'behind the redirection of a number',
    `expograph export 2>out.yaml --fo${TAB}`,
    'expograph export 2>out.yaml --format ',
  ],
  ['the file of a redirection', `expograph search rebuild >mor${TAB}`, 'expograph search rebuild >more/'],
  [
    'behind a command in the line, as it stands',
    `expograph query "$(touch PWNED)" --pag${TAB}`,
    'expograph query "$(touch PWNED)" --paginate ',
  ],
  [
    'behind an address',
    `expograph query --url http://h:1/ --pag${TAB}`,
    'expograph query --url http://h:1/ --paginate ',
  ],
]);

test('the script for bash may be read twice without a word', async () => {
  const { code, out, said } = await bash(
    workplace,
    'set -eu; for time in 1 2; do source <(expograph completion bash); done',
  );
  expect([code, out, said]).toEqual([0, '', '']);
});

test('bash leaves the line as it is where expograph fails', async () => {
  const bin = mkdtempSync(join(home, 'bin-'));
  writeFileSync(join(bin, 'expograph'), '#!/bin/sh\necho "serve\tbroken"\necho broken >&2\nexit 1\n');
  chmodSync(join(bin, 'expograph'), 0o755);
  writeFileSync(join(bin, 'script'), (await expograph(workplace, ['completion', 'bash'])).out);
  const out = await run(
    'bash',
    ['--norc', '--noprofile', '-i'],
    `unset HISTFILE; source '${bin}/script'\nbind -x '"\\C-o": echo "$READLINE_LINE"'\nexpograph se${TAB}${SHOW}\u0015exit\n`,
    { PATH: `${bin}:${process.env.PATH}` },
  );
  expect(out).toBe('expograph se\n');
});

/** A zsh within a zsh, since it completes only on a terminal; the outer one reads what it writes. */
const typeIntoZsh =
  (setup: string): Typing =>
  async (keys) => {
    const place = mkdtempSync(join(home, 'zsh-'));
    writeFileSync(
      join(place, '.zshrc'),
      `autoload -U compinit
       ${setup.replaceAll('PLACE', place)}
       show() { print -r -- "$BUFFER" >>'${place}/lines'; BUFFER=; print -n '<shown>' >/dev/tty }
       zle -N show; bindkey '^O' show
       zle -C all complete-word _generic; bindkey '^[*' all
       zstyle ':completion:all::::' completer _all_matches _complete
       zstyle ':completion:all:*' insert true
       PS1='<ready>'\n`,
    );
    writeFileSync(join(place, 'keys'), keys.map((one) => `${one}${SHOW}\0`).join(''));
    await run(
      'zsh',
      ['-f'],
      `zmodload zsh/zpty
       export ZDOTDIR='${place}'
       zpty shell zsh -i
       zpty -r shell seen '*<ready>*'
       while IFS= read -r -d $'\\0' keys; do
         zpty -w -n shell "$keys"
         zpty -r shell seen '*<shown>*'
       done <'${place}/keys'
       zpty -d shell\n`,
    );
    return readFileSync(join(place, 'lines'), 'utf8').split('\n');
  };

completes('zsh', typeIntoZsh('compinit -u -D; for time in 1 2; do source <(expograph completion zsh); done'), [
  ['commands', `expograph se${ALL}`, 'expograph search serve '],
  ['values behind =', `expograph query --format=c${TAB}`, 'expograph query --format=csv '],
  ['worked questions and files', `expograph query q${TAB}`, 'expograph query q.graphql '],
  ['files behind =', `expograph query --file=q${TAB}`, 'expograph query --file=q.graphql '],
  ['no files for what is no path of a file', `expograph query --rows mo${TAB}`, 'expograph query --rows mo'],
  ['names with a blank, quoted', `expograph validate my${TAB}`, 'expograph validate my\\ data/'],
  ['names with a command, quoted', `expograph validate x${TAB}`, 'expograph validate x\\$\\(touch\\ OWNED\\).yaml '],
  ['what is in a folder in quotes', `expograph validate "my data/${TAB}`, 'expograph validate "my data/new one.yaml" '],
  ['what is at home', `expograph validate ~/no${TAB}`, 'expograph validate ~/notes/'],
  [
    'behind a redirection, as it stands',
    `expograph export > out.yaml --fo${TAB}`,
    'expograph export > out.yaml --format ',
  ],
  [
    'behind a command in the line, as it stands',
    `expograph query "$(touch PWNED)" --pag${TAB}`,
    'expograph query "$(touch PWNED)" --paginate ',
  ],
]);

completes(
  'zsh',
  typeIntoZsh(
    'mkdir PLACE/functions; expograph completion zsh >PLACE/functions/_expograph; fpath=(PLACE/functions $fpath); compinit -u -D',
  ),
  [['by a file in a folder of $fpath', `expograph search r${TAB}`, 'expograph search rebuild ']],
);

/** fish tells without a terminal what it would offer; it quotes what it inserts. */
const askFish: Typing = async (lines) => {
  const place = mkdtempSync(join(home, 'fish-'));
  writeFileSync(join(place, 'lines'), `${lines.join('\n')}\n`);
  const script = `
    for time in 1 2; expograph completion fish | source; end
    while read --local line
      echo (complete --do-complete "$line" | string replace --regex '\\t.*' '' | string join ' | ')
    end <'${place}/lines'`;
  return (await run('fish', ['--no-config', '-c', script], '')).split('\n');
};

completes('fish', askFish, [
  ['commands', 'expograph search r', 'rebuild'],
  ['values behind =', 'expograph query --format=c', '--format=csv'],
  ['worked questions', 'expograph query find-', 'find-areas-and-themes | find-hefei'],
  ['worked questions and files', 'expograph query q', 'q.graphql'],
  ['files behind =', 'expograph query --file=q', '--file=q.graphql'],
  ['no files for what is no path of a file', 'expograph query --rows mo', ''],
  ['names with a command', 'expograph validate x', HOSTILE],
  ['what is in a folder that is quoted', 'expograph validate my\\ data/', 'my data/new one.yaml'],
  ['what is in a folder in quotes', 'expograph validate "my data/', 'my data/new one.yaml'],
  ['what is at home', 'expograph validate ~/no', '~/notes/'],
  ['behind a redirection, as it stands', 'expograph export > out.yaml --fo', '--format'],
  ['behind a command in the line, as it stands', 'expograph query "$(touch PWNED)" --pag', '--paginate'],
  ['a command in the word itself, as it stands', 'expograph validate (touch PWNED)', ''],
]);

test('a shell that is not known is refused, and those that are known are named', async () => {
  const { code, said } = await expograph(workplace, ['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(said).toContain('Allowed choices are bash, zsh, fish');
});

test('a shell is told nothing where the database cannot be read', async () => {
  const settings = { DATABASE_PATH: 'q.graphql' };
  const { code, out, said } = await expograph(workplace, ['complete', '--', 'export', '--convention', ''], {
    settings,
  });
  expect([code, out, said]).toEqual([0, '', '']);
});
