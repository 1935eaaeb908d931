import { RecsysError } from '@footlight/core';
import { CommanderError } from 'commander';
import { Interruption } from './exit-codes.js';

/** One line about what went wrong; with `verbose`, where as well. Empty if it was said already. */
export function describeError(error: unknown, { verbose }: { readonly verbose: boolean }): string {
  if (error instanceof CommanderError) return ''; // commander has said it
  if (error instanceof Interruption) return error.message;
  if (verbose && error instanceof Error) return stackOf(error);
  if (error instanceof RecsysError) return error.message;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `footlight: ${text.split('\n')[0]} (--verbose shows where)`;
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}
