import { spawn } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diagnose } from '../../src/store/doctor.ts';
import { checkSchema, migrate } from '../../src/store/migrate.ts';
import { built, listFiles, scratchFolder } from '../store/scratch.ts';
import { chance } from '../support/chance.ts';
import { look, shippedDatabase } from '../support/database-files.ts';
import { WMC } from '../support/one-series.ts';
import { contentOf, digestOf, makeReleased, released } from '../support/released.ts';

const KILLS = 100;

const migrating = `
  import { writeSync } from 'node:fs';
  import { migrate } from '${built('store/migrate.js')}';
  writeSync(1, 'ready\\n');
  migrate(process.argv[1]);
  writeSync(1, 'done\\n');`;

let shipped: ReturnType<typeof shippedDatabase>;
beforeAll(() => {
  shipped = shippedDatabase(WMC);
});
afterAll(() => shipped.remove());

/** Migrates in a process of its own. @returns whether it said that it was done, and how long it took */
async function migration(file: string, killAfter?: number): Promise<{ isDone: boolean; took: number }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', migrating, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const start = performance.now();
  if (killAfter !== undefined) {
    // Shorter than a timer can wait.
    if (killAfter > 2) await wait(killAfter - 2);
    while (performance.now() - start < killAfter);
    child.kill('SIGKILL');
  }
  await ended;
  return { isDone: said.includes('done'), took: performance.now() - start };
}

test(`killed at ${KILLS} random moments, a migration is wholly done or not at all`, async () => {
  const below = chance('killed migrations');
  const folder = scratchFolder();
  const today = shipped.copyTo(join(folder, 'today.db'));
  // Of each released schema but this one: a database with data, what is in it, and what it shall become.
  const starts = [];
  for (let count = 1; count < released.length; count += 1) {
    const old = join(folder, `${count}.db`);
    makeReleased(count, today, old);
    const before = digestOf(contentOf(old));
    const whole = join(folder, `${count}-whole.db`);
    copyFileSync(old, whole);
    const { took } = await migration(whole);
    starts.push({ count, old, before, after: digestOf(contentOf(whole)), took });
  }
  // One that was held up by something else would have all its kills come too late.
  const usual = starts.map(({ took }) => took).sort((one, other) => one - other)[starts.length >> 1] ?? 0;
  const moments = { 'before the copy': 0, 'while copying': 0, 'behind the copy': 0, 'behind the commit': 0, done: 0 };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const start = starts[kill % starts.length];
    if (!start) throw new Error('There is nothing to migrate.');
    const { count, old, before, after } = start;
    const place = scratchFolder();
    const file = join(place, 'expo.db');
    copyFileSync(old, file);
    const { isDone } = await migration(file, (below(1_100) * usual) / 1_000);

    const backup = `${file}.before-${released[count]}.bak`;
    const isCopying = listFiles(place).some((name) => name.endsWith('.part'));
    const hasBackup = existsSync(backup);
    const applied = look(file, 'SELECT count(*) FROM __drizzle_migrations');
    expect([count, released.length]).toContain(applied);
    const isMigrated = applied === released.length;
    if (isDone) expect(isMigrated).toBe(true);
    expect(digestOf(contentOf(file))).toBe(isMigrated ? after : before);
    if (hasBackup) expect(digestOf(contentOf(backup))).toBe(before);
    if (isMigrated) expect(hasBackup).toBe(true);

    expect(migrate(file).applied).toEqual(isMigrated ? [] : released.slice(count));
    expect(digestOf(contentOf(file))).toBe(after);
    expect(() => checkSchema(file)).not.toThrow();
    expect(diagnose(file, { version: '' }).filter(({ verdict }) => verdict === 'WRONG')).toEqual([]);
    if (isDone) moments.done += 1;
    else if (isMigrated) moments['behind the commit'] += 1;
    else if (hasBackup) moments['behind the copy'] += 1;
    else moments[isCopying ? 'while copying' : 'before the copy'] += 1;
  }
  const lengths = starts.map(({ took }) => took.toFixed(0));
  console.log(`Migrations took ${lengths.join(', ')} ms. Kills by how far they were: ${JSON.stringify(moments)}`);
  expect(moments['while copying']).toBeGreaterThan(0);
  expect(moments['behind the copy']).toBeGreaterThan(KILLS / 20);
});
