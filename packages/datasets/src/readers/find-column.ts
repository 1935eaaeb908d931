import { RecsysError } from '@footlight/core';

/**
 * The position of a column in the header, given its name or its position.
 *
 * @throws {RecsysError} `invalid-data` if there is no such column
 */
export function findColumn(column: string | number, names: readonly string[], fileName: string): number {
  const position = typeof column === 'number' ? column : names.indexOf(column);
  return position >= 0 && position < names.length ? position : failMissingColumn(column, names, fileName);
}

/** Throws `invalid-data`: names the missing column and those that the file has. */
export function failMissingColumn(column: string | number, names: readonly string[], fileName: string): never {
  throw new RecsysError(
    'invalid-data',
    `${fileName}: expected a column ${JSON.stringify(column)}, received the columns ${names.join(', ')}. ` +
      'Name one of these, or check the separator.',
  );
}
