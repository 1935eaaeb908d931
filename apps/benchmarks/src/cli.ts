#!/usr/bin/env -S node --conditions=@footlight/source --import tsx
import { exitCodeOf, exitCodes, Interruption } from './exit-codes.js';
import { program } from './program.js';
import { describeError } from './describe-error.js';

const interruption = new AbortController();
// Once: whoever presses Ctrl-C again does not want to wait for a checkpoint.
process.once('SIGINT', () => interruption.abort(new Interruption(exitCodes.interrupted)));
process.once('SIGTERM', () => interruption.abort(new Interruption(exitCodes.terminated)));
// Whoever reads the output may stop before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed));

try {
  await program(interruption.signal).parseAsync();
} catch (error) {
  const text = describeError(error, { verbose: process.argv.includes('--verbose') });
  if (text !== '') process.stderr.write(`${text}\n`);
  process.exitCode = exitCodeOf(error);
}
