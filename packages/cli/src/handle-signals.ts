import { exitCodes, Interruption } from './exit-codes.js';

/** Signals that end a command, with their exit codes: 128 + the number of the signal, as shells count. */
const codes: Readonly<Record<'SIGHUP' | 'SIGINT' | 'SIGTERM', number>> = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
};

/**
 * One Ctrl-C reaches a process several times, since the terminal signals all processes and npm signals its own once
 * more: what comes within this time after the first counts as one.
 */
const sameMilliseconds = 500;

/** What signals do to a process; replaced in tests. */
export interface SignalledProcess {
  on(signal: 'SIGHUP' | 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): unknown;
}

/**
 * Handles the signals that end a process: the first aborts the signal returned, so that the command ends in order; a
 * later one ends the process at once. The listeners stay, since the first process of a container has no default action.
 *
 * @param hangUp `reload`, once it is there, is called at SIGHUP in place of all that
 */
export function handleSignals(
  ended: SignalledProcess = process,
  now: () => number = Date.now,
  hangUp: { reload?: () => void } = {},
): AbortSignal {
  const interruption = new AbortController();
  let first: number | undefined;
  for (const [signal, code] of Object.entries(codes) as [keyof typeof codes, number][])
    ended.on(signal, () => {
      if (signal === 'SIGHUP' && hangUp.reload) hangUp.reload();
      else if (first === undefined) {
        first = now();
        interruption.abort(new Interruption(code));
      } else if (now() - first >= sameMilliseconds) ended.exit(code);
    });
  return interruption.signal;
}
