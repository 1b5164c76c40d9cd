#!/usr/bin/env node
import { openProgram } from './program.ts';

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    // Whoever read it has read enough, as `head` does.
    process.exit();
  });

try {
  const program = await openProgram(process.argv.slice(2));
  await program.parseAsync();
} catch (error) {
  const { failure } = await import('./failure.ts');
  const { code, text } = failure(error);
  if (text !== undefined) console.error(text);
  process.exitCode = code;
}
