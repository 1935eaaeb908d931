import { RecsysError } from '@footlight/core';

/** Thrown at an id that is no whole number: the caller reads the column again as text. */
export class TextIdError extends RecsysError {
  readonly column: string;

  constructor(message: string, column: string) {
    super('invalid-data', message);
    this.column = column;
  }
}
