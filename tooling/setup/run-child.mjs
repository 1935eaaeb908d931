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
 * @returns its exit code, or 128 + the signal, as a shell does; with the options of pipes, its output as well
 */
export function runChild(command, args, options) {
  if (received !== undefined) return Promise.resolve({ code: toExitCode(received), output: '' });
  return new Promise((resolve) => {
    const child = spawn(command, args, options);
    running = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.on('error', ({ message }) => resolve({ code: 1, output: message }));
    child.on('close', (code, signal) => resolve({ code: code ?? toExitCode(signal), output }));
  });
}

function toExitCode(signal) {
  return 128 + constants.signals[signal];
}
