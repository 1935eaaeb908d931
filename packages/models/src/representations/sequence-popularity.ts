import { assertInteger } from '@footlight/core';
import { zeroEmbedding } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { Network, Representation } from '../types.js';
import { createCatalogueProduct, scoreItems } from './score-items.js';

export interface SequencePopularityOptions {
  /** Steps of history that count as known, at most; none is read. */
  readonly history: number;
}

/**
 * A learned number per item and nothing else: what a loss makes of popularity, the floor for models that read.
 *
 * $$ s_{ti} = b_i $$
 *
 * @throws {RecsysError} `invalid-argument` if `history` is no positive integer
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
        encode: ({ mask }) => ({ vectors: tf.ones([...mask.shape, 1]) }), // the length of everybody's taste
        score: (vectors, candidates) => scoreItems(vectors, bias, undefined, candidates),
        catalogue: () => createCatalogueProduct(bias),
      };
    },
  };
}
