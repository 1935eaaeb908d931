import { RecsysError } from '@footlight/core';
import type { Interactions } from '../types.js';
import type { InteractionColumns, InteractionFile } from './interaction-columns.js';
import { assertWeights, convertTimes, type FailValue, toInteractions } from './to-interactions.js';

/**
 * Builds interactions from columns that were collected from memory.
 *
 * @throws {RecsysError} `invalid-data` with the index, from 0, of the first time or weight that does not fit
 */
export function toMemoryInteractions(
  columns: InteractionColumns,
  source: Omit<InteractionFile, 'location'>,
  where: string,
): Interactions {
  const fail = createIndexFailure(where);
  assertWeights(columns, source.names.weight, fail);
  return toInteractions(columns, 'ascending', convertTimes(columns, source, fail));
}

/** The error for a value at an index, from 0, of what `where` was given. */
export function createIndexFailure(where: string): FailValue {
  return (row, column, expected, received, hint) => {
    const place = `${where} (${row < 0 ? '' : `index ${row}, `}column ${column})`;
    throw new RecsysError('invalid-data', `${place}: expected ${expected}, received ${received}. ${hint}`);
  };
}

/** The text in the first row of each entity that has one; '' for others. */
export function readFirstTexts(
  values: ArrayLike<unknown>,
  entities: Int32Array,
  count: number,
  fail: (row: number, received: string) => never,
): string[] {
  const texts = new Array<string>(count).fill('');
  for (let row = 0; row < entities.length; row++) {
    const value = values[row] ?? '';
    if (typeof value === 'object' || typeof value === 'function') fail(row, `a value of type ${typeof value}`);
    if (texts[entities[row]!] === '') texts[entities[row]!] = String(value);
  }
  return texts;
}
