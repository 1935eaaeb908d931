import { RecsysError, toMessage, toPrintableLines } from '@footlight/core';
import { CommanderError } from 'commander';
import { exitCodes, findExitCode, Interruption, OutputClosed } from './exit-codes.js';
import { rephrase } from './rephrase.js';

/** What went wrong, for people; with `verbose`, where as well. Empty if it was printed already. */
export function describeError(error: unknown, { verbose }: { readonly verbose: boolean }): string {
  if (error instanceof CommanderError) return ''; // commander has printed it
  if (error instanceof OutputClosed) return '';
  if (error instanceof Interruption) return error.message;
  if (verbose && error instanceof Error) return toPrintableLines(describeStack(error));
  if (error instanceof RecsysError) return rephrase(error.message, findExitCode(error) === exitCodes.data);
  if (isOutOfMemory(error)) return describeSize(error);
  if (isSystemError(error)) return describeSystemError(error);
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `footlight: ${toMessage(text.split('\n')[0]!)} (--verbose shows where)`;
}

/** Whether an array was requested that no machine, or not this one, has the memory for. */
function isOutOfMemory(error: unknown): error is Error {
  if (!(error instanceof RangeError || error instanceof TypeError)) return false;
  return /^(Invalid (typed )?array( buffer)? length|Array buffer allocation failed|zeros\(length\))/.test(
    error.message,
  );
}

function describeSize({ message }: Error): string {
  const [length] = /\d{4,}/.exec(message) ?? [];
  const received = length === undefined ? 'too many' : `${BigInt(length).toLocaleString('en')} in one array`;
  return (
    `footlight: expected numbers that fit into memory, received ${received}. Choose smaller sizes, such as ` +
    '--dim, --negatives or --batch-size, or filter users and items.'
  );
}

/** Whether the system has refused a file, a folder or a program. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}

function describeSystemError({ path, syscall, message }: NodeJS.ErrnoException): string {
  const place = path ?? 'footlight';
  return `${place}: expected ${syscall} to work, received the error "${message}". Check the path and its permissions.`;
}

function describeStack(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${describeStack(error.cause)}` : own;
}
