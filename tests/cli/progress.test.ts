import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { bash, openWorkplace } from '../support/command-line.ts';

// That of util-linux; others have other options.
const hasScript = spawnSync('script', ['--version']).stdout?.includes('util-linux');
const workplace = openWorkplace();
cpSync(fileURLToPath(new URL('../../data', import.meta.url)), join(workplace.folder, 'data'), { recursive: true });
afterAll(() => rmSync(workplace.folder, { recursive: true }));

/** Runs a command on a terminal, both of its outputs together. */
const onTerminal = (command: string) =>
  bash(workplace, `script -qec "expograph ${command}" /dev/null </dev/null`).then(({ code, out }) => ({ code, out }));

const list =
  "query '{ sources(first: 50) { totalCount pageInfo { hasNextPage endCursor } nodes { slug } } }' --paginate";

describe.skipIf(!hasScript).concurrent('on a terminal', () => {
  test.each([
    // Lines are wrapped as before, whatever ends the command.
    ['a table', list, /^(?!.*\?7l).*50 of \d+ items….*\[2K┌─+┐\r\n│ slug +│\r\n/s],
    ['what an import did', 'import data --all', /\d+ records checked….*\[2Kunchanged {2}/s],
    ['what a check found', 'validate data', /\d+ records checked….*\[2KKnown: .*\d+ records, no problem/s],
    ['the difference', 'diff data data', /\d+ records checked….*\[2K0 created, 0 updated/s],
    ['nothing more', 'export --format jsonl --output all.jsonl', /█+░* \d+ of \d+ records exported….*\[2K$/s],
  ])('%s is shown where the progress was', async (_what, command, shown) => {
    expect(await onTerminal(command)).toEqual({ code: 0, out: expect.stringMatching(shown) });
  });

  test.each([
    ['what a list has beside it', "query '{ service { version } editions { nodes { year } } }'"],
    ['several lists', 'query edition-in-brief'],
  ])('%s has no place in a table, and is shown as JSON', async (_what, command) => {
    expect(await onTerminal(command)).toEqual({ code: 0, out: expect.stringMatching(/^\{\r\n {2}"data"/) });
  });

  test.each([
    ['query', `${list} --quiet`, /^┌─+┐\r\n│ slug +│\r\n/],
    ['import', 'import data --quiet', /^0 created, .*\r\n$/],
    ['validate', 'validate data --quiet', /^(Known: .*\r\n)+\d+ records, .*\r\n$/],
    ['export', 'export --output quiet.yaml --quiet', /^$/],
    ['what exports to the terminal', 'export --convention world-manufacturing-convention', /^updatedAt: /],
  ])('nothing of progress is shown by %s where it is not wanted', async (_what, command, shown) => {
    expect(await onTerminal(command)).toEqual({ code: 0, out: expect.stringMatching(shown) });
  });
});

test('where there is no terminal, nothing of progress is shown', async () => {
  const { code, said } = await bash(workplace, 'expograph export --output away.yaml');
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expect(readdirSync(workplace.folder)).toContain('away.yaml');
});
