/** Every error that Footlight throws on purpose. `code` is stable; the text may improve. */
export class RecsysError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RecsysError';
    this.code = code;
  }
}

/** Throws `invalid-argument`: who complains, what was expected, what came, what to do. */
export function invalid(where: string, expected: string, received: unknown, hint = ''): never {
  throw new RecsysError(
    'invalid-argument',
    `${where}: expected ${expected}, received ${String(received)}.${hint && ` ${hint}`}`,
  );
}
