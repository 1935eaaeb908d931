import type { Interactions } from '@footlight/datasets';
import { allocateZeros } from '@footlight/engine';
import type { Solver } from '../types.js';
import { createItemScorer } from './item-scorer.js';

/**
 * Popularity: scores every item by its number of training interactions, the same for all users. The baseline of every
 * model.
 *
 * $$ s_{ui} = n_i $$
 *
 * where $n_i$ is the number of training interactions with item i.
 *
 * @example
 * popularity().solve(train, rng).score(queries) // [batch, item]
 * @source ours
 */
export function popularity(): Solver {
  return {
    kind: 'solver',
    name: 'popularity',
    protocol: { name: 'popularity' },
    reads: 'user',
    solve: (train) => createItemScorer(countItems(train)),
    restore: ({ itemCount }) => createItemScorer(allocateZeros(itemCount)),
  };
}

/** Interactions with each item, `[item]`. */
export function countItems({ items, catalogue }: Interactions): Float32Array {
  const counts = new Float32Array(catalogue.itemCount); // exact up to 2^24 interactions with one item
  for (const item of items) counts[item]!++;
  return counts;
}
