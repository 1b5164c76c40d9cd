import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const unit = readFileSync(join(root, 'deploy/expograph.service'), 'utf8');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

const valuesOf = (key: string) => [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value);

test('the unit starts what the README installs, in the folder that it may write to', () => {
  const { bin }: { bin: { expograph: string } } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, prefix = ''] = /npm install --prefix (\S+) /.exec(readme) ?? [];
  expect(valuesOf('ExecStart')).toEqual([`/usr/bin/node ${prefix}/node_modules/expograph/${bin.expograph} serve`]);
  expect(valuesOf('Documentation')).toEqual([`file://${prefix}/node_modules/expograph/README.md`]);
  expect(readme).toContain(`cp ${prefix}/node_modules/expograph/deploy/expograph.service /etc/systemd/system/`);
  expect(valuesOf('StateDirectory')).toEqual(['expograph']);
  expect(valuesOf('Environment')).toContain('DATABASE_PATH=%S/expograph/expograph.db');
  expect(valuesOf('EnvironmentFile')).toEqual(['-/etc/expograph.env']);
  // V8 compiles to memory that it executes, and asks for a call that the filter refuses.
  expect(valuesOf('MemoryDenyWriteExecute')).toEqual([]);
  expect(valuesOf('SystemCallErrorNumber')).toEqual(['EPERM']);
  expect(valuesOf('RestrictAddressFamilies')).toEqual(['AF_INET AF_INET6 AF_NETLINK']);
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!hasSystemd)(
  'systemd finds nothing wrong with it, and little that it exposes',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'expograph-unit-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'expograph.service');
    // Only what it starts has to be at another place here.
    writeFileSync(file, unit.replace('/usr/bin/node', process.execPath));
    const analyze = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync('systemd-analyze', [...args, file], { encoding: 'utf8' });
      return { status, said: `${stdout}${stderr}` };
    };
    expect(existsSync(process.execPath)).toBe(true);
    expect(analyze('verify', '--man=no')).toEqual({ status: 0, said: '' });
    // Of ten points; a unit that restricts nothing has 9.6.
    expect(analyze('security', '--offline=true', '--threshold=15')).toEqual({ status: 0, said: expect.any(String) });
  },
  30_000,
);
