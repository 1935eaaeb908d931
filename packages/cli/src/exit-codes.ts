import { RecsysError } from '@footlight/core';
import { CommanderError } from 'commander';

/** Exit codes of `footlight`. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  data: 3,
  protocols: 4,
  locked: 5,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export const exitCodesHelp = `
Exit codes:
    0  done
    1  a run failed, or what doctor was to install or compile
    2  bad usage: an unknown experiment or option, or components that do not fit together
    3  data are missing, damaged, lack a column that was named, or cannot be downloaded
    4  protocols differ: the experiments cannot share a table
    5  another run of the same experiment, or one that saves the same model, is at work
  129  the terminal was closed; --resume continues
  130  interrupted (Ctrl-C, a second one ends at once); --resume continues
  143  terminated; --resume continues`;

/** Codes of errors that are about data rather than about options. */
const dataCodes = new Set([
  'damaged-archive',
  'download-failed',
  'file-damaged',
  'file-not-found',
  'invalid-data',
  'missing-file',
  'read-failed',
  'wrong-checksum',
]);
const usageCodes = new Set([
  'invalid-argument',
  'checkpoint-mismatch',
  'invalid-experiment',
  'parameter-changed',
  'search-changed',
  'unknown-experiment',
]);

export function findExitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof Interruption) return error.exitCode;
  if (error instanceof OutputClosed) return exitCodes.done;
  if (!(error instanceof RecsysError)) return exitCodes.failed;
  if (error.code === 'protocols-differ') return exitCodes.protocols;
  if (error.code === 'locked') return exitCodes.locked;
  if (dataCodes.has(error.code)) return exitCodes.data;
  return usageCodes.has(error.code) ? exitCodes.usage : exitCodes.failed;
}

/** A signal ended the command; it is no error of the command. */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, hint = '') {
    super(`Interrupted.${hint && ` ${hint}`}`);
    this.exitCode = exitCode;
  }
}

/** The reader has closed the output, and there is nothing else to do. */
export class OutputClosed extends Error {}
