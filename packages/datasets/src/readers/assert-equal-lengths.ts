import { RecsysError } from '@footlight/core';

/** A column with one value per row, or with one code per row. */
type Column = ArrayLike<unknown> | { readonly codes: ArrayLike<unknown> };

/**
 * Checks that all columns have the same number of rows. Every reader ends with it, so that a fault of a reader or of a
 * library never becomes data.
 *
 * @throws {RecsysError} `invalid-data` with the number of rows of each column
 */
export function assertEqualLengths<Columns extends object>(fileName: string, columns: Columns): Columns {
  const lengths = Object.entries(columns as Record<string, Column | undefined>).flatMap(([name, column]) =>
    column === undefined ? [] : [{ name, length: 'codes' in column ? column.codes.length : column.length }],
  );
  if (lengths.every(({ length }) => length === lengths[0]!.length)) return columns;
  throw new RecsysError(
    'invalid-data',
    `${fileName}: expected as many values in each column, received ` +
      `${lengths.map(({ name, length }) => `${length} of ${name}`).join(', ')}. Is the file damaged?`,
  );
}
