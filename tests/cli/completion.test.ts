import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bash, expograph, openWorkplace } from '../support/command-line.ts';

const workplace = openWorkplace();
mkdirSync(join(workplace.folder, 'more'));
writeFileSync(join(workplace.folder, 'more/new.yaml'), '');
writeFileSync(join(workplace.folder, 'more/old.yaml'), '');
beforeAll(async () => {
  const { out } = await expograph(workplace, ['completion', 'bash']);
  writeFileSync(join(workplace.folder, 'expograph.bash'), out);
});
afterAll(() => rmSync(workplace.folder, { recursive: true }));

/** What bash offers for the last of these words. */
async function offered(...words: string[]): Promise<string[]> {
  const { out, said } = await bash(
    workplace,
    `source expograph.bash
     COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
     COMP_CWORD=${words.length - 1}
     compopt() { :; }
     $(complete -p expograph | sed -E 's/.*-F ([^ ]+) .*/\\1/')
     printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
  expect(said).toBe('');
  return out.trimEnd().split('\n');
}

test.concurrent.each([
  ['commands', ['expograph', 'se'], ['serve', 'search']],
  ['commands of a command', ['expograph', 'search', 'r'], ['rebuild']],
  ['options', ['expograph', 'query', '--ma'], ['--max']],
  ['values of an option', ['expograph', 'query', '--format', 'js'], ['json', 'jsonl']],
  ['worked questions by name', ['expograph', 'query', 'find-'], ['find-areas-and-themes', 'find-hefei']],
  ['paths for an argument', ['expograph', 'import', 'mo'], ['more/', 'more/new.yaml', 'more/old.yaml']],
  ['paths for an option', ['expograph', 'query', '--file', 'more/n'], ['more/new.yaml']],
  ['nothing where nothing fits', ['expograph', 'query', '--nonsense-'], ['']],
] as const)('bash completes %s', async (_what, words, expected) => {
  expect(await offered(...words)).toEqual(expected);
});

test.concurrent.each(['zsh', 'fish'])('the script for %s is one that it can read', async (shell) => {
  const { code, out } = await expograph(workplace, ['completion', shell]);
  expect(code).toBe(0);
  expect(out).toContain('expograph complete --');
  const isInstalled = await bash(workplace, `command -v ${shell}`);
  if (isInstalled.code === 0) execFileSync(shell, ['-n'], { input: out });
});

test('a shell that is not known is refused, and those that are known are named', async () => {
  const { code, said } = await expograph(workplace, ['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(said).toContain('Allowed choices are zsh, bash, fish, powershell');
});
