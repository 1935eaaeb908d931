import { assertInteger } from '@footlight/core';
import { tf } from '@footlight/engine';
import { zeroEmbedding } from '@footlight/layers';
import type { Network, Representation } from '../types.js';
import { createCatalogueProduct, scoreItems } from './score-items.js';

export interface SequencePopularityOptions {
  /** Largest number of steps of history in a batch; the model reads none of them. */
  readonly history: number;
}

/**
 * Learned popularity: one learned bias per item, the baseline for models that read the history.
 *
 * $$ s_{ti} = b_i $$
 *
 * where $b_i$ is the bias of item i, the same for all users and steps.
 *
 * @throws {RecsysError} `invalid-argument` if `history` is not a positive integer
 * @source "Neural networks for recommendations" (netrex), https://github.com/maciejkula/netrex
 */
export function sequencePopularity({ history }: SequencePopularityOptions): Representation {
  assertInteger('sequencePopularity(history)', history);
  return {
    kind: 'representation',
    name: 'sequence-popularity',
    protocol: { name: 'sequence-popularity', history },
    reads: { history },
    build({ itemCount }): Network {
      const bias = zeroEmbedding({ count: itemCount, dim: 1 });
      return {
        reads: { history },
        parameters: { itemBias: bias.parameters },
        encode: ({ mask }) => ({ vectors: tf.ones([...mask.shape, 1]) }), // the bias times 1
        score: (vectors, candidates) => scoreItems(vectors, bias, undefined, candidates),
        catalogue: () => createCatalogueProduct(bias),
      };
    },
  };
}
