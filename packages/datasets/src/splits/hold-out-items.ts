import { assertInteger, invalid, numpyRandom } from '@footlight/core';
import { assertSeed } from '../assert-seed.js';
import { listOccurringIds } from '../reindex.js';
import { assertRowOrder, putInOrder, type RowOrderOptions } from '../row-order.js';
import type { Interactions, Split } from '../types.js';
import { apportion, assertFilled, assertShares, formatShares } from './shares.js';
import { type Parts, splitByPart } from './split-by-part.js';

export interface HoldOutItemsOptions extends RowOrderOptions {
  /** Items of the test part: their number, or their share if below 1. */
  readonly test: number;
  /** Items of the validation part, likewise. Default: no validation part. */
  readonly validation?: number;
  /** Seed of the numpy generator. Default 42. */
  readonly seed?: number;
}

/**
 * Cold-item split: whole items are held out, so that no interaction with a test item is in train.
 *
 * Items with interactions are drawn at random; all interactions with them are targets. The history of the test part
 * has the interactions with the validation items too. Features and vectors of held-out items stay in the catalogue, so
 * models can score them from these. With `candidates: 'cold-items'` of an experiment they are ranked among each other,
 * with `cold: 'include'` among all items.
 *
 * @example
 * holdOutItems({ test: 0.1, validation: 0.1 })
 * @throws {RecsysError} `invalid-argument` if no item remains for train
 * @source ours; as the cold-start splits of Volkovs et al., NeurIPS 2017 (DropoutNet)
 */
export function holdOutItems({ test, validation, seed = 42, ...options }: HoldOutItemsOptions): Split {
  for (const [name, size] of Object.entries({ test, ...(validation !== undefined && { validation }) }))
    if (!(size > 0 && size < 1)) assertInteger(`holdOutItems(${name})`, size);
  const sizes = { test, ...(validation !== undefined && { validation }) };
  if (test < 1 && validation !== undefined && validation < 1) assertShares('holdOutItems', sizes);
  const order = assertRowOrder('holdOutItems', options.order);
  assertSeed('holdOutItems', seed);
  return {
    name: `hold-out-items(${formatShares(sizes)})`,
    protocol: { name: 'hold-out-items', test, validation: validation ?? 0, seed, order },
    split(all) {
      const interactions = putInOrder(all, order);
      const partOfItem = drawParts(interactions, { test, validation: validation ?? 0 }, seed);
      const part = Uint8Array.from(interactions.items, (item) => partOfItem[item]!);
      return splitByPart('holdOutItems', interactions, part, validation !== undefined);
    },
  };
}

/** The part of each item. */
function drawParts(
  { items, catalogue }: Interactions,
  sizes: { readonly test: number; readonly validation: number },
  seed: number,
): Parts {
  const occurring = listOccurringIds(items, catalogue.itemCount);
  const toExact = (size: number) => (size < 1 ? size * occurring.length : size);
  const exact = { test: toExact(sizes.test), validation: toExact(sizes.validation) };
  if (exact.test + exact.validation >= occurring.length)
    invalid('holdOutItems', `more than ${sizes.validation} + ${sizes.test} items`, occurring.length);
  const counts = apportion(occurring.length, exact);
  assertFilled('holdOutItems', counts, sizes.validation > 0, 'items');
  const part: Parts = new Uint8Array(catalogue.itemCount);
  const drawn = numpyRandom(seed).permutation(occurring.length);
  for (let at = 0; at < counts.test + counts.validation; at++) part[occurring[drawn[at]!]!] = at < counts.test ? 2 : 1;
  return part;
}
