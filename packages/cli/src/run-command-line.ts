import type { Context } from './context.js';
import { describeError } from './describe-error.js';
import { exitCodes, findExitCode, Interruption } from './exit-codes.js';
import { handleSignals } from './handle-signals.js';
import { createProgram } from './program.js';

/** Runs the command of this process: signals end it in order, an error becomes one message and an exit code. */
export async function runCommandLine(): Promise<void> {
  const hangUp: { reload?: () => void } = {};
  const signal = handleSignals(process, Date.now, hangUp);
  const args = process.argv.slice(2);
  handleOutputErrors();
  process.on('uncaughtException', (error) => process.exit(reportError(error, args, process.stderr)));
  try {
    process.exitCode = await execute(args, {
      cwd: process.cwd(),
      signal,
      onHangUp(reload) {
        hangUp.reload = reload;
      },
      out: process.stdout,
      err: process.stderr,
    });
  } catch (error) {
    process.exitCode = reportError(error, args, process.stderr);
  }
}

/** Runs one command line. @returns the exit code; errors were written to the error output */
export async function execute(args: readonly string[], context: Context): Promise<number> {
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    const { aborted, reason } = context.signal;
    const interrupted = aborted && reason instanceof Interruption && !(error instanceof Interruption);
    return reportError(interrupted ? reason : error, args, context.err);
  }
}

/** Writes what went wrong. @returns the exit code */
function reportError(error: unknown, args: readonly string[], err: Context['err']): number {
  const text = describeError(error, { verbose: args.includes('--verbose') });
  if (text !== '') err.write(`${text}\n`);
  return findExitCode(error);
}

/**
 * A reader such as `head` may close an output before its end: the command then goes on without it, so that a training
 * is not lost, except where it only produces output.
 */
function handleOutputErrors(): void {
  process.stderr.on('error', () => {}); // there is no other place to say it
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    process.stderr.write(`footlight: expected to write to the output, received the error "${message}".\n`);
    process.exit(exitCodes.failed);
  });
}
