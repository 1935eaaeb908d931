import { basename } from 'node:path';
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
  { user, item, rating, timestamp }: InteractionColumns,
  order: IdOrder,
  timestamps = timestamp as Float64Array | undefined,
): Interactions {
  const users = numberIds(user, order);
  const items = numberIds(item, order);
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
  };
}

/**
 * Converts the times of a file to seconds since 1970, in place.
 *
 * @throws {RecsysError} `invalid-data` with the row of the first time that cannot be in the unit of the file
 */
export function convertTimes(
  { timestamp, timestampUnit }: InteractionColumns,
  { path, names, times }: InteractionFile,
): Float64Array | undefined {
  if (!timestamp) return undefined;
  return convertToSeconds(timestamp, timestampUnit ?? times, (row, expected, received, hint) => {
    const where = `${basename(path)} (row ${row + 1}, column ${names.timestamp})`;
    throw new RecsysError('invalid-data', `${where}: expected ${expected}, received ${received}. ${hint}`);
  });
}
