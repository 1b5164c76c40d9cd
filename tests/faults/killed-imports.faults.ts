import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { checkContent } from '../../src/dataset/content.ts';
import { diagnose } from '../../src/store/doctor.ts';
import { migrate } from '../../src/store/migrate.ts';
import { built, scratchFolder } from '../store/scratch.ts';
import { chance } from '../support/chance.ts';
import { tellingTurns, turnOf } from '../support/turns.ts';

const KILLS = 100;

/** Imports one turn after the other, and tells before and behind each that it reads, writes, and has written. */
const importing = `
  import { writeFileSync, writeSync } from 'node:fs';
  import { importDataset } from '${built('dataset/import.js')}';
  import { openWriter } from '${built('store/open.js')}';
  const [file, data, first, text] = process.argv.slice(1);
  const say = (what, turn) => writeSync(1, what + ' ' + turn + '\\n');
  const writer = openWriter(file);
  say('ready', first);
  for (let turn = Number(first); ; turn++) {
    say('reading', turn);
    writeFileSync(data, text.replaceAll('Turn 0', 'Turn ' + turn));
    const telling = { ...writer, run: (...batch) => { say('writing', turn); return writer.run(...batch); } };
    importDataset(data, telling, { now: () => new Date() });
    say('written', turn);
  }`;

/** Runs it until it is killed. @returns the last line that it said, and how long a turn took before */
async function killedImport(file: string, first: number, isTime: (since: number, turns: number) => boolean) {
  const args = ['--input-type=module', '-e', importing, file, `${file}.json`, String(first), tellingTurns()];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  const ended = new Promise((resolve) => child.once('close', (_code, signal) => resolve(signal)));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const start = performance.now();
  const turns = () => said.split('written').length - 1;
  while (!isTime(performance.now() - start, turns())) await wait(1);
  const took = (performance.now() - start) / Math.max(1, turns());
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  const [what, turn] = said.trim().split('\n').at(-1)?.split(' ') ?? [];
  return { what, turn: Number(turn), took };
}

test(`killed at ${KILLS} random moments, no import that was told is lost, and none is half done`, async () => {
  const below = chance('killed imports');
  const file = join(scratchFolder(), 'expo.db');
  migrate(file);
  const { took } = await killedImport(file, 1, (_since, turns) => turns >= 10);
  let stored = turnOf(file);
  const moments = { reading: 0, writing: 0, written: 0, 'written, and not told': 0 };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const first = stored + 1;
    const moment = below(2_500 * took) / 1_000;
    const { what, turn } = await killedImport(file, first, (since) => since >= moment);
    // Whoever opens it first finds what the crash left.
    if (kill % 2 === 0) stored = turnOf(file);
    const findings = diagnose(file, { version: '', further: { content: checkContent } });
    expect(findings.filter(({ verdict }) => verdict === 'WRONG')).toEqual([]);
    stored = turnOf(file);
    const told = what === 'written' ? turn : turn - 1;
    if (what === 'writing') expect([told, turn]).toContain(stored);
    else expect(stored).toBe(what === 'ready' ? first - 1 : told);
    if (stored > told && what !== 'ready') moments['written, and not told'] += 1;
    else if (what === 'writing' || what === 'written') moments[what] += 1;
    else moments.reading += 1;
  }
  console.log(`An import took ${took.toFixed(1)} ms. Kills by what was last said: ${JSON.stringify(moments)}`);
  expect(moments.reading).toBeGreaterThan(0);
  expect(moments.writing).toBeGreaterThan(KILLS / 10);
});
