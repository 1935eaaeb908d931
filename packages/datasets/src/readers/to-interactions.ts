import { basename } from 'node:path';
import { RecsysError } from '@footlight/core';
import type { Interactions } from '../types.js';
import type { NumberColumn } from './growing-column.js';
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
 * Converts times to seconds since 1970, in place.
 *
 * @throws {RecsysError} `invalid-data` for a time after the year 5138, which must be in milliseconds
 */
export function convertToSeconds(
  times: NumberColumn | undefined,
  { path, names, times: unit }: InteractionFile,
): Float64Array | undefined {
  if (!times) return undefined;
  const scale = unit === 'milliseconds' ? 1000 : 1;
  for (let row = 0; row < times.length; row++) {
    times[row] = times[row]! / scale;
    if (times[row]! < 1e11) continue;
    const where = `${basename(path)} (row ${row + 1}, column ${names.timestamp})`;
    throw new RecsysError(
      'invalid-data',
      `${where}: expected seconds since 1970, received ${times[row]}. ` +
        "If these are milliseconds, set times: 'milliseconds'.",
    );
  }
  return times as Float64Array;
}
