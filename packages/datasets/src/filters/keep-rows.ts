import { invalid } from '@footlight/core';
import { compact } from '../compact.js';
import { selectRows } from '../select-rows.js';
import type { Interactions } from '../types.js';

/** What a filter leaves, numbered densely again. A filter that leaves nothing is an error. */
export function keepRows(where: string, interactions: Interactions, rows: Int32Array): Interactions {
  const count = interactions.users.length;
  if (rows.length === 0) invalid(where, 'interactions that pass', `none of ${count}`, 'Lower the minimum.');
  return compact(rows.length === count ? interactions : selectRows(interactions, rows));
}
