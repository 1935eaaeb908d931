import { RecsysError } from '@footlight/core';
import type { Interactions } from '../types.js';
import { convertToSeconds } from './convert-to-seconds.js';
import type { InteractionColumns, InteractionFile } from './interaction-columns.js';
import { type IdOrder, numberIds } from './number-ids.js';

/**
 * Builds interactions from columns, with ids numbered densely in the given order. `timestamps` are in seconds since
 * 1970.
 */
export function toInteractions(
  { user, item, rating, timestamp, weight }: InteractionColumns,
  order: IdOrder,
  timestamps = timestamp as Float64Array | undefined,
): Interactions {
  const users = numberIds(user, order);
  const items = numberIds(item!, order);
  return {
    catalogue: {
      userCount: users.originals.length,
      itemCount: items.originals.length,
      userIds: users.originals,
      itemIds: items.originals,
    },
    users: users.ids,
    items: items.ids,
    ...(rating && { ratings: rating as Float32Array }),
    ...(timestamps && { timestamps }),
    ...(weight && { weights: weight as Float32Array }),
  };
}

/** Throws the error for a value of a column: `row` counts from 0; −1 for the whole column. */
export type FailValue = (row: number, column: string, expected: string, received: string, hint: string) => never;

/** The error for a value of a file. */
export function createFileFailure(fileName: string): FailValue {
  return (row, column, expected, received, hint) => {
    const where = `${fileName} (${row < 0 ? '' : `row ${row + 1}, `}column ${column})`;
    throw new RecsysError('invalid-data', `${where}: expected ${expected}, received ${received}. ${hint}`);
  };
}

/**
 * Converts the times of a source to seconds since 1970, in place.
 *
 * @throws {RecsysError} `invalid-data` with the row of the first time that cannot be in the unit of the source
 */
export function convertTimes(
  { timestamp, timestampUnit }: InteractionColumns,
  { names, times }: Omit<InteractionFile, 'location'>,
  fail: FailValue,
): Float64Array | undefined {
  if (!timestamp) return undefined;
  return convertToSeconds(timestamp, timestampUnit ?? times, (row, ...problem) =>
    fail(row, names.timestamp!, ...problem),
  );
}

/**
 * Checks the weights of a source.
 *
 * @throws {RecsysError} `invalid-data` with the row of the first negative weight, or if all are 0
 */
export function assertWeights({ weight }: InteractionColumns, column: string | undefined, fail: FailValue): void {
  if (!weight) return;
  const negative = weight.findIndex((value) => value < 0);
  if (negative >= 0)
    fail(negative, column!, 'a weight from 0', String(weight[negative]), 'Correct the row or remove it.');
  if (weight.every((value) => value === 0)) fail(-1, column!, 'a weight above 0', 'none', 'Is this the right column?');
}
