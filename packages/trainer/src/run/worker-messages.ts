import { RecsysError } from '@footlight/core';

/** What a page sends to a worker that serves runs. The rest of the run goes through the port. */
export interface RunRequest {
  readonly type: typeof RUN_REQUEST;
  readonly input: unknown;
  readonly port: MessagePort;
}

export const RUN_REQUEST = 'footlight-run';

/**
 * What the worker sends through the port: calls of the page's functions, and one end. Any message of the page stops the
 * run.
 */
export type RunMessage =
  | { readonly type: 'onEpoch' | 'onProgress' | 'onStart'; readonly value: never }
  | { readonly type: 'done'; readonly value: unknown }
  | { readonly type: 'aborted' }
  | { readonly type: 'failed'; readonly error: ErrorText };

/** An error as data: a clone would lose its name and its code. */
export interface ErrorText {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | undefined;
}

export function toErrorText(error: unknown): ErrorText {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  return { name, message, stack, code: error instanceof RecsysError ? error.code : undefined };
}

export function toError({ name, message, stack, code }: ErrorText): Error {
  const error = code === undefined ? Object.assign(new Error(message), { name }) : new RecsysError(code, message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
