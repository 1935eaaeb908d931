import { toMessage } from './printable.js';

/**
 * The error class of all Footlight packages.
 *
 * Programs can rely on `code`; messages may change between versions. Control characters in a message become symbols,
 * and a message that is longer than a screen is cut.
 *
 * @example
 * if (error instanceof RecsysError && error.code === 'invalid-argument') console.error(error.message);
 */
export class RecsysError extends Error {
  /**
   * Stable identifier of the kind of error, e.g. `invalid-argument`, `invalid-data`, `file-not-found` or `not-finite`.
   */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(toMessage(message), options);
    this.name = 'RecsysError';
    this.code = code;
  }
}

/**
 * Throws a `RecsysError` with the code `invalid-argument` and a message that says what was expected and received.
 *
 * The message has the form `where: expected what, received what. What to do.` The function returns `never`, so that it
 * can stand in an expression.
 *
 * @example
 * const rate = options.rate ?? invalid('dropout(rate)', 'a number', options.rate, 'Choose a rate from 0 to below 1.');
 * @throws {RecsysError} `invalid-argument`, always
 */
export function invalid(where: string, expected: string, received: unknown, hint = ''): never {
  throw new RecsysError(
    'invalid-argument',
    `${where}: expected ${expected}, received ${String(received)}.${hint && ` ${hint}`}`,
  );
}
