import { RecsysError } from '@footlight/core';
import type { Problem } from './types.js';

/** An error with the HTTP status that it is answered with. */
export class ServiceError extends RecsysError {
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(code, message);
    this.status = status;
  }
}

/** The status and the body of an error; the reason of an error of ours stays in the log. */
export function describeProblem(error: unknown): { readonly status: number; readonly body: Problem } {
  const { status, code, message } = classify(error);
  return { status, body: { error: { code, message } } };
}

function classify(error: unknown): { readonly status: number; readonly code: string; readonly message: string } {
  if (error instanceof ServiceError) return error;
  if (error instanceof RecsysError && error.code === 'invalid-argument')
    return { status: 422, code: 'not-possible', message: error.message };
  return { status: 500, code: 'failed', message: 'The service failed. Its log has the reason.' };
}
