import { assertInteger, invalid } from '@footlight/core';
import { tf } from '@footlight/engine';
import { dense, type Embedding, fanInUniform, lstm, type TableEmbedding, uniform } from '@footlight/layers';
import type { Representation } from '../types.js';
import { scoreInChunks } from './score-in-chunks.js';
import { scoreItems } from './score-items.js';
import { type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface MixtureOfTastesOptions extends Omit<SequenceOptions, 'scorer' | 'similarity'> {
  /** Taste vectors per user and step. Default 4. */
  readonly tastes?: number;
}

/**
 * Mixture-of-tastes LSTM: several taste vectors per user, weighted for each item by attention.
 *
 * $$ (U_1 … U_K, A_1 … A_K) = W h_t + b, \quad w_{tik} = \text{softmax}_k(A_k \cdot e_i) $$
 * $$ s_{ti} = \sum_k w_{tik} \, U_k \cdot e_i + b_i $$
 *
 * where $h_t$ is the hidden state of an LSTM after step t, $U_k$ are the taste and $A_k$ the attention vectors, and
 * $e_i$ and $b_i$ are the vector and the bias of item i. `encode` returns tastes and attentions, `2 · tastes · dim`
 * numbers.
 *
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer
 * @source Kula, "Mixture-of-tastes Models for Representing Users with Diverse Interests", 2017,
 *   https://arxiv.org/abs/1711.08379
 */
export function mixtureOfTastes({ tastes = 4, ...options }: MixtureOfTastesOptions): Representation {
  assertInteger('mixtureOfTastes(tastes)', tastes);
  if ('scorer' in options)
    invalid('mixtureOfTastes(scorer)', 'none, since attention over the tastes scores items', 'one');
  if ('similarity' in options)
    invalid('mixtureOfTastes(similarity)', 'none, since attention over the tastes scores items', 'one');
  return sequenceModel(
    { model: 'mixture-of-tastes', where: 'mixtureOfTastes' },
    options,
    { tastes },
    (rng, itemCount) => {
      const { dim } = options;
      const bound = 1 / Math.sqrt(dim);
      const layer = lstm({ inputDim: dim, dim, rng: rng.fork('lstm') });
      const projection = dense({
        inputDim: dim,
        dim: 2 * tastes * dim,
        rng: rng.fork('projection'),
        weightInitializer: fanInUniform(),
        biasInitializer: uniform({ low: -bound, high: bound }),
      });
      return {
        parameters: { lstm: layer.parameters, projection: projection.parameters },
        encode: (items, mask) => projection.apply(layer.states('hidden', items, { mask })) as tf.Tensor3D,
        score: (vectors, item, bias, candidates) => {
          if (candidates) return mixTastes(vectors, tastes, item, bias, candidates);
          // Each taste scores the whole catalogue.
          return scoreInChunks(vectors, 2 ** 23 / (2 * tastes * itemCount), (chunk) =>
            mixTastes(chunk, tastes, item, bias),
          );
        },
      };
    },
  );
}

/**
 * Sums the scores of all tastes, weighted by attention.
 *
 * @shape vectors `[query, 2 · tastes · dim]`, candidates `[query, candidate]` → `[query, candidate]`; without
 *   candidates `[query, item]`
 */
function mixTastes(
  vectors: tf.Tensor2D,
  tastes: number,
  item: Embedding,
  bias: TableEmbedding | undefined,
  candidates?: tf.Tensor2D,
): tf.Tensor2D {
  const [query, width] = vectors.shape;
  const rows = tf.reshape(vectors, [query * 2 * tastes, width / (2 * tastes)]) as tf.Tensor2D;
  const repeated =
    candidates &&
    (tf.reshape(tf.tile(candidates, [1, 2 * tastes]), [rows.shape[0], candidates.shape[1]]) as tf.Tensor2D);
  const products = tf.reshape(scoreItems(rows, item, undefined, repeated), [query, 2, tastes, -1]); // [..., item]
  const [affinity, attention] = tf.unstack(products, 1) as [tf.Tensor3D, tf.Tensor3D]; // [query, taste, item]
  // The softmax of tfjs supports the last axis only.
  const weights = tf.transpose(tf.softmax(tf.transpose(attention, [0, 2, 1])), [0, 2, 1]);
  const scores = tf.sum(tf.mul(weights, affinity), 1) as tf.Tensor2D; // [query, item]
  if (!bias) return scores;
  return tf.add(scores, candidates ? tf.squeeze(bias.apply(candidates), [2]) : tf.reshape(bias.table, [1, -1]));
}
