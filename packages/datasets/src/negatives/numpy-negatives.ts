import { assertInteger, invalid, numpyRandom } from '@footlight/core';
import type { NegativeSampler, Negatives } from '../types.js';

export interface NumpyNegativesOptions {
  /** Negatives per query. */
  readonly count: number;
}

/**
 * Any item with equal chances, positives too, number for number as numpy draws them: each epoch (from 0) is a seed, and every training
 * interaction has its place in what is drawn.
 *
 * $$ n_{qk} = \text{RandomState}(\text{epoch}).\text{randint}(0, |I|)_{\,\text{count} \cdot \text{row}(q) + k} $$
 *
 * The draws depend on the epoch and the interaction alone, not on the experiment's seed or on the order of batches: a run that is resumed
 * goes on with the same ones. For models that read user ids, whose queries are interactions; everything new uses `uniformNegatives`.
 *
 * @throws {RecsysError} `invalid-argument`, from `sample`, if it is not told the epoch and the interactions
 * @example
 * numpyNegatives({ count: 1 }) // of MovieLens 100K in epoch 0: the films 685 560 1654 1217 836 764 1384 1034 …
 * @source lab 3 of https://github.com/m2dsupsdlclass/lectures-labs; numpy's `RandomState`
 */
export function numpyNegatives({ count }: NumpyNegativesOptions): Negatives {
  assertInteger('numpyNegatives(count)', count);
  return {
    name: `numpy(${count})`,
    protocol: { name: 'numpy', count },
    count,
    prepare: ({ users, catalogue }) =>
      createRowSampler(count, createEpochDraws(users.length * count, catalogue.itemCount)),
  };
}

function createRowSampler(count: number, drawnIn: (epoch: number) => Float64Array): NegativeSampler {
  return {
    sample(_, positives, __, place) {
      const hint = 'These negatives are for models that read user ids.';
      const { epoch, rows = invalid('numpyNegatives', 'the training interaction of each query', 'none', hint) } =
        place ?? invalid('numpyNegatives', 'the epoch and the training interaction of each query', 'neither', hint);
      const drawn = drawnIn(epoch);
      const negatives = new Int32Array(positives.length * count); // [query, negative]
      rows.forEach((row, query) => void negatives.set(drawn.subarray(row * count, (row + 1) * count), query * count));
      return negatives;
    },
  };
}

/** An epoch's numbers, drawn once: batches of an epoch come one after the other. */
function createEpochDraws(draws: number, itemCount: number): (epoch: number) => Float64Array {
  let latest = -1;
  let drawn: Float64Array = new Float64Array(0);
  return (epoch) => {
    if (epoch !== latest) drawn = numpyRandom(epoch).randint(0, itemCount, draws);
    latest = epoch;
    return drawn;
  };
}
