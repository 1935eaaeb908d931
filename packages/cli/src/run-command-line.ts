import type { Context } from './context.js';
import { describeError } from './describe-error.js';
import { exitCodes, findExitCode, Interruption } from './exit-codes.js';
import { createProgram } from './program.js';

/** Runs the command of this process: Ctrl-C ends it in order, an error becomes one message and an exit code. */
export async function runCommandLine(): Promise<void> {
  const interruption = new AbortController();
  // Once: a second Ctrl-C ends the process at once, without a checkpoint.
  process.once('SIGINT', () => interruption.abort(new Interruption(exitCodes.interrupted)));
  process.once('SIGTERM', () => interruption.abort(new Interruption(exitCodes.terminated)));
  // A reader such as `head` may close the output before its end.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed),
  );
  const { signal } = interruption;
  const cwd = process.cwd();
  const code = await execute(process.argv.slice(2), { cwd, signal, out: process.stdout, err: process.stderr });
  process.exitCode = code;
}

/** Runs one command line. @returns the exit code; errors were written to the error output */
export async function execute(args: readonly string[], context: Context): Promise<number> {
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    const text = describeError(error, { verbose: args.includes('--verbose') });
    if (text !== '') context.err.write(`${text}\n`);
    return findExitCode(error);
  }
}
