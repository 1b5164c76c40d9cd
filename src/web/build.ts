import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePlayground } from './bundle.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

try {
  const line = await bundlePlayground({
    project,
    operations: join(project, 'schema', 'operations'),
    target: join(project, 'dist', 'web', 'playground'),
  });
  if (line) console.log(line);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
