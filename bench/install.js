import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/* What only the benchmarks need is apart from what the package needs, and is installed when it is first wanted. */
const folder = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(`${folder}node_modules/.package-lock.json`)) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--prefix', folder], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exitCode = status ?? 1;
}
