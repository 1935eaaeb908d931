import { RecsysError } from '@footlight/core';

/**
 * The position of a column in the header, given its name or its position.
 *
 * @throws {RecsysError} `invalid-data` if there is no such column, or several have the name
 */
export function findColumn(column: string | number, names: readonly string[], fileName: string): number {
  const position = typeof column === 'number' ? column : names.indexOf(column);
  if (!(position >= 0 && position < names.length)) failMissingColumn(column, names, fileName);
  if (typeof column === 'string' && names.lastIndexOf(column) !== position)
    throw new RecsysError(
      'invalid-data',
      `${fileName}: expected one column ${JSON.stringify(column)}, received several in ${names.join(', ')}. ` +
        'Give each column a name of its own.',
    );
  return position;
}

/** Throws `invalid-data`: names the missing column and those that the file has. */
export function failMissingColumn(column: string | number, names: readonly string[], fileName: string): never {
  const isQuoted = names.includes(`"${column}"`);
  const areValues = names.every((name) => /^[-+\d.]+$/.test(name));
  const hint = isQuoted
    ? 'Set quotes: true if quotation marks enclose fields.'
    : areValues
      ? 'If the file has no header, name its columns in header.'
      : 'Name one of these, or check the separator.';
  throw new RecsysError(
    'invalid-data',
    `${fileName}: expected a column ${JSON.stringify(column)}, received the columns ${names.join(', ')}. ${hint}`,
  );
}
