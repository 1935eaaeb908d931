import { assertInteger, omitUndefined } from '@footlight/core';
import { tf } from '@footlight/engine';
import { dense, type EmbeddingFactory, fanInUniform, lstm, scaledEmbeddings } from '@footlight/layers';
import type { Network, Representation } from '../types.js';
import { scoreInChunks } from './score-in-chunks.js';

export interface LstmRatingOptions {
  /** Length of the vectors of items. */
  readonly dim: number;
  /** Units of the recurrent layer. */
  readonly hidden: number;
  /** Largest number of steps of history that are read. */
  readonly history: number;
  /** Embedding of items. Default `scaledEmbeddings({ deviation: 1 })`, as in PyTorch. */
  readonly itemEmbedding?: EmbeddingFactory;
}

/**
 * LSTM rating model: an LSTM reads the rated items one by one and predicts the rating of an item at the step that reads
 * it.
 *
 * $$ (h_t, c_t) = \text{LSTM}(e_{i_t}, h_{t-1}, c_{t-1}), \quad s_t = w \cdot h_t + b $$
 *
 * where $e_i$ is the vector of item i. `encode` returns the states before each item, `[hidden ; cell]`; `score` adds
 * one step for each candidate. Predictions depend on which items were rated and in which order, not on the ratings.
 *
 * @example
 * lstmRating({ dim: 64, hidden: 128, history: 9 })
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer
 * @source "PyTorch for Recommenders 101", Fast Forward Labs, 2018; Hochreiter and Schmidhuber, Neural Computation 9(8),
 *   1997
 */
export function lstmRating(options: LstmRatingOptions): Representation {
  const { dim, hidden, history, itemEmbedding = scaledEmbeddings({ deviation: 1 }) } = options;
  assertInteger('lstmRating(dim)', dim);
  assertInteger('lstmRating(hidden)', hidden);
  assertInteger('lstmRating(history)', history);
  return {
    kind: 'representation',
    name: `lstm-rating(${dim}, ${hidden})`,
    protocol: { name: 'lstm-rating', dim, hidden, history, itemEmbedding: itemEmbedding.protocol },
    reads: { history },
    build({ itemCount, itemFeatures, itemVectors }, rng): Network {
      const item = itemEmbedding.create({
        count: itemCount,
        dim,
        rng: rng.fork('item'),
        ...omitUndefined({ features: itemFeatures, denseFeatures: itemVectors }),
      });
      const cell = lstm({ inputDim: dim, dim: hidden, rng: rng.fork('lstm') });
      const output = dense({ inputDim: hidden, dim: 1, rng: rng.fork('output'), weightInitializer: fanInUniform() });
      /** One step from the state of each query for each of its candidates: `[query, candidate]`. */
      const step = (states: tf.Tensor2D, rows: tf.Tensor3D): tf.Tensor2D => {
        const [query, candidate] = rows.shape;
        const flat = tf.reshape(tf.tile(tf.expandDims(states, 1), [1, candidate, 1]), [query * candidate, 2 * hidden]);
        const [h, c] = tf.split(flat, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
        const next = cell.states('hidden', tf.reshape(rows, [query * candidate, 1, dim]), {
          state: { hidden: h, cell: c },
        });
        return tf.reshape(output.apply(next), [query, candidate]);
      };
      return {
        reads: { history },
        parameters: { item: item.parameters, lstm: cell.parameters, output: output.parameters },
        encode({ history: items, mask }) {
          const states = cell.apply(item.apply(items) as tf.Tensor3D, { mask: mask as tf.Tensor2D });
          return { vectors: tf.concat([states.hidden, states.cell], 2) }; // [batch, time, 2 · hidden]
        },
        score(states, candidates) {
          if (candidates) return step(states, item.apply(candidates) as tf.Tensor3D);
          const all = tf.expandDims(item.all(), 0) as tf.Tensor3D; // [1, item, dim]
          return scoreInChunks(states, 2 ** 22 / (itemCount * hidden), (chunk) =>
            step(chunk, tf.tile(all, [chunk.shape[0], 1, 1])),
          );
        },
        itemVectors: () => item.all(),
      };
    },
  };
}
