import { RecsysError } from '@footlight/core';

/** Thrown at an id that is no whole number: the caller reads the column again as text. */
export class TextIdError extends RecsysError {
  readonly column: string;

  constructor(message: string, column: string) {
    super('invalid-data', message);
    this.column = column;
  }
}

/** Thrown at a field that begins with a quotation mark: the caller reads the file again with a CSV library. */
export class QuotedFieldError extends RecsysError {
  constructor(fileName: string) {
    super('invalid-data', `${fileName}: expected fields without quotation marks, received one that begins with ".`);
  }
}
