import { RecsysError } from '@footlight/core';
import { CommanderError } from 'commander';

/** What the number says with which `footlight` ends. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  data: 3,
  protocols: 4,
  interrupted: 130,
  terminated: 143,
} as const;

export const exitCodesHelp = `
Exit codes:
    0  done
    1  a run failed
    2  bad usage: an unknown row or option, or parts that do not fit together
    3  data are missing, damaged, without a column that was named, or cannot be downloaded
    4  protocols differ: the rows cannot share a table
  130  interrupted (Ctrl-C); --resume goes on
  143  terminated; --resume goes on`;

/** Codes of errors that are about data rather than about options. */
const aboutData = new Set([
  'damaged-archive',
  'download-failed',
  'file-damaged',
  'file-not-found',
  'invalid-data',
  'missing-file',
  'read-failed',
  'wrong-checksum',
]);
const aboutUsage = new Set(['invalid-argument', 'checkpoint-mismatch', 'unknown-experiment']);

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof Interruption) return error.exitCode;
  if (!(error instanceof RecsysError)) return exitCodes.failed;
  if (error.code === 'protocols-differ') return exitCodes.protocols;
  if (aboutData.has(error.code)) return exitCodes.data;
  return aboutUsage.has(error.code) ? exitCodes.usage : exitCodes.failed;
}

/** Somebody ended the command; not an error of it. */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, hint = '') {
    super(`Interrupted.${hint && ` ${hint}`}`);
    this.exitCode = exitCode;
  }
}
