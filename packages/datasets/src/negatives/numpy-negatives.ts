import { assertInteger, invalid, numpyRandom } from '@footlight/core';
import { sortIds } from '../canonical/sort-ids.js';
import { listCanonicalRows } from '../row-order.js';
import type { Interactions, NegativeSampler, Negatives } from '../types.js';

export interface NumpyNegativesOptions {
  /** Negatives per query. */
  readonly count: number;
}

/**
 * Uniform negatives from numpy's random numbers: any item with equal probability, positives included.
 *
 * $$ n_{qk} = \text{RandomState}(\text{epoch}).\text{randint}(0, |I|)_{\,\text{count} \cdot \text{row}(q) + k} $$
 *
 * The epoch (from 0) is the seed, and every training interaction has fixed positions in the stream: row(q) counts in
 * canonical order, or in that of the source if the split has `order: 'source'`. The negatives
 * depend neither on the seed of the experiment nor on the order of batches, so that a resumed run samples the same
 * ones. For models that read user ids, whose queries are interactions. It reproduces a published result; use
 * `uniformNegatives` otherwise.
 *
 * @throws {RecsysError} `invalid-argument`, from `sample`, without the epoch and the interactions
 * @example
 * numpyNegatives({ count: 1 }) // MovieLens 100K, epoch 0: the movies 685 560 1654 1217 836 764 1384 1034 …
 * @source lab 3 of https://github.com/m2dsupsdlclass/lectures-labs; numpy's `RandomState`
 */
export function numpyNegatives({ count }: NumpyNegativesOptions): Negatives {
  assertInteger('numpyNegatives(count)', count);
  return {
    name: `numpy(${count})`,
    protocol: { name: 'numpy', count },
    count,
    prepare(train) {
      const draw = createEpochDraws(train.users.length * count, train.catalogue.itemCount);
      const sampler = createRowSampler(count, draw);
      return train.order === 'source' ? sampler : inCanonicalOrder(sampler, train);
    },
  };
}

function createRowSampler(count: number, drawEpoch: (epoch: number) => Float64Array): NegativeSampler {
  return {
    sample(_, positives, __, context) {
      const hint = 'These negatives are for models that read user ids.';
      const { epoch, rows = invalid('numpyNegatives', 'the training interaction of each query', 'none', hint) } =
        context ?? invalid('numpyNegatives', 'the epoch and the training interaction of each query', 'neither', hint);
      const drawn = drawEpoch(epoch);
      const negatives = new Int32Array(positives.length * count); // [query, negative]
      rows.forEach((row, query) => void negatives.set(drawn.subarray(row * count, (row + 1) * count), query * count));
      return negatives;
    },
  };
}

/** Counts rows and items in canonical order. */
function inCanonicalOrder(sampler: NegativeSampler, train: Interactions): NegativeSampler {
  const positions = new Int32Array(train.users.length);
  for (const [at, row] of listCanonicalRows(train).entries()) positions[row] = at;
  const items = sortIds(train.catalogue.itemIds);
  return {
    sample(users, positives, rng, context) {
      const rows = context?.rows?.map((row) => positions[row]!);
      const drawn = sampler.sample(users, positives, rng, context && { ...context, ...(rows && { rows }) });
      return drawn.map((item) => items[item]!);
    },
  };
}

/** Draws the numbers of an epoch, once per epoch. */
function createEpochDraws(draws: number, itemCount: number): (epoch: number) => Float64Array {
  let latest = -1;
  let drawn: Float64Array = new Float64Array(0);
  return (epoch) => {
    if (epoch !== latest) drawn = numpyRandom(epoch).randint(0, itemCount, draws);
    latest = epoch;
    return drawn;
  };
}
