import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCommand } from './command.ts';
import { bundlePlayground } from './playground.ts';
import { bundleSite } from './site.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

try {
  const line = await bundlePlayground({
    project,
    operations: join(project, 'schema', 'operations'),
    target: join(project, 'dist', 'web', 'playground'),
  });
  if (line) console.log(line);
  const site = await bundleSite({ project, target: join(project, 'dist', 'web', 'site') });
  if (site) console.log(site);
  if (await bundleCommand(project)) console.log('Put the command together.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
