import { isAscending, sortIds } from './canonical/sort-ids.js';
import type { OriginalIds } from './types.js';

/** The canonical rank of each dense id, or `undefined` if they are sorted. */
export function rankIds(ids: OriginalIds): Int32Array | undefined {
  const order = sortIds(ids);
  if (isAscending(order)) return undefined;
  const ranks = new Int32Array(ids.length);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank]!] = rank;
  return ranks;
}
