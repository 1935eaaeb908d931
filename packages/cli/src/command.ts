import { describeError } from './describe-error.js';
import { exitCodeOf, exitCodes, Interruption } from './exit-codes.js';

/** Runs the whole of a command: Ctrl-C ends it in order, what goes wrong becomes one line and an exit code. */
export async function command(work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const interruption = new AbortController();
  // Once: whoever presses Ctrl-C again does not want to wait for a checkpoint.
  process.once('SIGINT', () => interruption.abort(new Interruption(exitCodes.interrupted)));
  process.once('SIGTERM', () => interruption.abort(new Interruption(exitCodes.terminated)));
  // Whoever reads the output may stop before its end, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed),
  );
  try {
    await work(interruption.signal);
  } catch (error) {
    const text = describeError(error, { verbose: process.argv.includes('--verbose') });
    if (text !== '') process.stderr.write(`${text}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
