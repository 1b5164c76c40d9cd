#!/usr/bin/env node
import { openProgram } from './program.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads has read enough, as `head` does.
  if (error.code === 'EPIPE') process.exit();
  console.error(`Standard output cannot be written, so that it ends early: ${error.message}.`);
  process.exit(3);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  // A service goes on when nobody reads its log any more.
  if (error.code !== 'EPIPE') throw error;
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
