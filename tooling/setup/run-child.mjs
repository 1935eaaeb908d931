import { spawn } from 'node:child_process';
import { constants } from 'node:os';

// The processes that a command consists of run one after another. Signals go to the one that is running, and no further
// one is started. It ends as it sees fit; its exit code is that of the command.

const forwarded = ['SIGHUP', 'SIGINT', 'SIGTERM'];
let received;
let running;

/** Forwards the signals that end a process to the child that is running, instead of ending this process. */
export function forwardSignals() {
  for (const signal of forwarded)
    process.on(signal, () => {
      received ??= signal;
      running?.kill(signal);
    });
}

/** @returns the exit code of the signal that was received, else nothing */
export function findInterruption() {
  return received === undefined ? undefined : toExitCode(received);
}

/**
 * Runs a program until it ends, unless a signal was received before.
 *
 * @returns its exit code, or 128 + the signal, as a shell does; with the options of pipes, what it printed as well:
 *   `stdout` and `stderr`, and both in `output`
 */
export function runChild(command, args, options) {
  if (received !== undefined)
    return Promise.resolve({ code: toExitCode(received), stdout: '', stderr: '', output: '' });
  return new Promise((resolve) => {
    const child = spawn(command, args, options);
    running = child;
    const printed = { stdout: '', stderr: '', output: '' };
    for (const name of ['stdout', 'stderr'])
      child[name]?.setEncoding('utf8').on('data', (text) => {
        printed[name] += text;
        printed.output += text;
      });
    child.on('error', ({ message }) => resolve({ code: 1, stdout: '', stderr: message, output: message }));
    child.on('close', (code, signal) => resolve({ code: code ?? toExitCode(signal), ...printed }));
  });
}

/** Thrown by a script of programs after a signal. */
export class Interruption extends Error {}

/**
 * `runChild` for a script that runs one program after the other: reads what the program prints, and throws an
 * `Interruption` if a signal was received meanwhile.
 */
export async function runProgram(command, args, options) {
  const result = await runChild(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  if (received !== undefined) throw new Interruption(`interrupted by ${received}`);
  return result;
}

/** Runs a script of `runProgram` calls. After a signal, the process ends with its exit code. */
export async function runInterruptibly(script) {
  forwardSignals();
  try {
    await script();
  } catch (error) {
    if (!(error instanceof Interruption)) throw error;
    process.exitCode = findInterruption();
  }
}

function toExitCode(signal) {
  return 128 + constants.signals[signal];
}
