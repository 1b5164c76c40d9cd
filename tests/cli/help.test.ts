import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLinePage, examplesOf } from '../../src/cli/help.ts';
import { openProgram } from '../../src/cli/program.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { bash, copyOf, expograph, openWorkplace, type Workplace } from '../support/command-line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = await openProgram();

/** Every command that does something, by its full name. */
function commandsOf(command: Command, name = command.name()): { name: string; command: Command }[] {
  if (command.commands.length === 0) return [{ name, command }];
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== 'help')
    .flatMap((one) => commandsOf(one, `${name} ${one.name()}`));
}

const commands = commandsOf(program);
let service: TestApp;
let origin: string;
const workplace = openWorkplace();
const workplaces = [workplace];
const hasJq = (() => {
  try {
    execFileSync('jq', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

beforeAll(async () => {
  cpSync(join(root, 'data'), join(workplace.folder, 'data'), { recursive: true });
  writeFileSync(
    join(workplace.folder, 'question.graphql'),
    'query Editions($year: Int) { editions(where: { year: { eq: $year } }) { nodes { slug } } }\n',
  );
  mkdirSync(join(workplace.folder, 'var'));
  cpSync(join(workplace.folder, 'expograph.db'), join(workplace.folder, 'var/expograph.db'));
  service = await openApp();
  ({ url: origin } = await service.listen());
});

afterAll(async () => {
  await service.close();
  for (const { folder } of workplaces) rmSync(folder, { recursive: true, force: true });
});

/** A copy of the workplace with what the examples speak of. */
function furnished(): Workplace {
  const copy = copyOf(workplace);
  workplaces.push(copy);
  return copy;
}

/** Starts what runs until it is told to stop, tells it so once it listens, and gives its exit code. */
function served({ folder, environment }: Workplace, line: string): Promise<number | null> {
  const env = { ...environment, PORT: '0' };
  const child = spawn('bash', ['-c', `exec env ${line}`], { cwd: folder, env });
  child.stderr.on('data', (chunk) => {
    if (/ on http:\S+\/graphql/.test(String(chunk))) child.kill('SIGTERM');
  });
  return new Promise((resolve) => child.on('exit', resolve));
}

test.concurrent.each(commands)(
  'every example of $name works, in the order of its help',
  async ({ command }) => {
    const place = furnished();
    const examples = examplesOf(command);
    expect(examples.length).toBeGreaterThan(0);
    for (const { command: line } of examples) {
      if (/\bexpograph serve\b/.test(line)) {
        expect([line, await served(place, line)]).toEqual([line, 0]);
        continue;
      }
      const told = line.replaceAll('http://127.0.0.1:4000', origin);
      const { code, out, said } = await bash(place, hasJq ? told : told.replace(/ \| jq .*$/, ''));
      expect([line, code, out, said]).toEqual([line, 0, expect.any(String), expect.any(String)]);
      // That is what jq says of a key that is not there.
      if (line.includes('jq')) expect(out.split('\n'), line).not.toContain('null');
    }
  },
  120_000,
);

test('the help of a command ends with its examples', async () => {
  const { code, out } = await expograph(workplace, ['search', 'check', '--help']);
  expect(code).toBe(0);
  expect(out).toMatch(/\nExamples:\n {2}# Check it, .*\n {2}expograph search check \|\| expograph search rebuild\n$/);
});

test('help shows a command of a command, as --help does', async () => {
  const { code, out } = await expograph(workplace, ['help', 'search', 'rebuild']);
  expect(code).toBe(0);
  expect(out).toBe((await expograph(workplace, ['search', 'rebuild', '--help'])).out);
});

test('the help of the program says where there is more', async () => {
  for (const args of [['--help'], ['help']])
    expect((await expograph(workplace, args)).out).toMatch(
      /\nRun "expograph <command> --help" for its options and examples\.\n$/,
    );
});

test.each([
  [['help', 'nope'], 'error: unknown command \'nope\'\nRun "expograph --help" for what there is.\n'],
  [['help', 'searhc'], "error: unknown command 'searhc'; did you mean search?\n"],
  [['help', 'search', 'chek'], "error: unknown command 'chek'; did you mean check?\n"],
  [['search', 'help', 'nope'], 'error: unknown command \'nope\'\nRun "expograph search --help" for what there is.\n'],
  [['search', 'rebiuld'], "error: unknown command 'rebiuld'; did you mean rebuild?\n"],
  [['QUERY', '{ service { name } }'], "error: unknown command 'QUERY'; did you mean query?\n"],
] as const)('%j is refused in a line, with what may have been meant', async (args, line) => {
  const { code, out, said } = await expograph(workplace, args);
  expect([code, out, said]).toEqual([2, '', expect.stringContaining(line)]);
  expect(said.trimEnd().split('\n')).toHaveLength(2);
});

test('the page about the command line has all that the help has, and no path of this machine', () => {
  const page = commandLinePage(program);
  expect(readFileSync(join(root, 'docs/command-line.md'), 'utf8')).toBe(page);
  for (const { name, command } of commands) {
    expect(page).toContain(`\n## ${name}\n`);
    for (const { long } of command.options) expect(page).toContain(long);
    for (const example of examplesOf(command)) expect(page).toContain(`# ${example.says}\n${example.command}\n`);
  }
  expect(page).not.toContain(root);
});
