import { RecsysError, toMessage, toPrintableLines } from '@footlight/core';
import { CommanderError } from 'commander';
import { Interruption, OutputClosed } from './exit-codes.js';
import { rephrase } from './rephrase.js';

/** What went wrong, for people; with `verbose`, where as well. Empty if it was printed already. */
export function describeError(error: unknown, { verbose }: { readonly verbose: boolean }): string {
  if (error instanceof CommanderError) return ''; // commander has printed it
  if (error instanceof OutputClosed) return '';
  if (error instanceof Interruption) return error.message;
  if (verbose && error instanceof Error) return toPrintableLines(describeStack(error));
  if (error instanceof RecsysError) return rephrase(error.message);
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `footlight: ${toMessage(text.split('\n')[0]!)} (--verbose shows where)`;
}

function describeStack(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${describeStack(error.cause)}` : own;
}
