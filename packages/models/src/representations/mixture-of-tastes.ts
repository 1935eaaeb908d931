import { assertInteger } from '@footlight/core';
import { dense, type Embedding, fanInUniform, lstm, type TableEmbedding, uniform } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { Representation } from '../types.js';
import { scoreInChunks } from './score-in-chunks.js';
import { scoreItems } from './score-items.js';
import { type SequenceOptions, sequenceModel } from './sequence-model.js';

export interface MixtureOfTastesOptions extends SequenceOptions {
  /** Tastes that somebody has at a time. Default 4. */
  readonly tastes?: number;
}

/**
 * Somebody has several tastes, and each item is looked at with those that care for it.
 *
 * $$ (U_1 … U_K, A_1 … A_K) = W h_t + b, \quad w_{tik} = \text{softmax}_k(A_k \cdot e_i), \quad s_{ti} = \sum_k w_{tik} \, U_k \cdot e_i + b_i $$
 *
 * where $h_t$ are the hidden states of an LSTM; tastes and attentions, `[2 · tastes · dim]`, are what `encode` returns.
 *
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer
 * @source Kula, "Mixture-of-tastes Models for Representing Users with Diverse Interests", 2017, https://arxiv.org/abs/1711.08379
 */
export function mixtureOfTastes({ tastes = 4, ...options }: MixtureOfTastesOptions): Representation {
  assertInteger('mixtureOfTastes(tastes)', tastes);
  return sequenceModel(
    { model: 'mixture-of-tastes', where: 'mixtureOfTastes' },
    options,
    { tastes },
    (rng, itemCount) => {
      const { dim } = options;
      const within = 1 / Math.sqrt(dim);
      const layer = lstm({ inputDim: dim, dim, rng: rng.fork('lstm') });
      const projection = dense({
        inputDim: dim,
        dim: 2 * tastes * dim,
        rng: rng.fork('projection'),
        weightInitializer: fanInUniform(),
        biasInitializer: uniform({ low: -within, high: within }),
      });
      return {
        parameters: { lstm: layer.parameters, projection: projection.parameters },
        encode: (items, mask) => projection.apply(layer.states('hidden', items, { mask })) as tf.Tensor3D,
        score: (vectors, item, bias, candidates) => {
          if (candidates) return mixTastes(vectors, tastes, item, bias, candidates);
          // Each taste scores the whole catalogue: a few queries at a time.
          return scoreInChunks(vectors, 2 ** 23 / (2 * tastes * itemCount), (some) =>
            mixTastes(some, tastes, item, bias),
          );
        },
      };
    },
  );
}

/** @shape vectors `[query, 2 · tastes · dim]`, candidates `[query, candidate]` → `[query, candidate]`; without candidates `[query, item]` */
function mixTastes(
  vectors: tf.Tensor2D,
  tastes: number,
  item: Embedding,
  bias: TableEmbedding | undefined,
  candidates?: tf.Tensor2D,
): tf.Tensor2D {
  const [query, width] = vectors.shape;
  const each = tf.reshape(vectors, [query * 2 * tastes, width / (2 * tastes)]) as tf.Tensor2D;
  const asked =
    candidates &&
    (tf.reshape(tf.tile(candidates, [1, 2 * tastes]), [each.shape[0], candidates.shape[1]]) as tf.Tensor2D);
  const products = tf.reshape(scoreItems(each, item, undefined, asked), [query, 2, tastes, -1]); // tastes, then attentions, of each item
  const [liking, caring] = tf.unstack(products, 1) as [tf.Tensor3D, tf.Tensor3D]; // [query, taste, item]
  // tfjs knows softmax along the last axis only.
  const weights = tf.transpose(tf.softmax(tf.transpose(caring, [0, 2, 1])), [0, 2, 1]);
  const scores = tf.sum(tf.mul(weights, liking), 1) as tf.Tensor2D; // [query, item]
  if (!bias) return scores;
  return tf.add(scores, candidates ? tf.squeeze(bias.apply(candidates), [2]) : tf.reshape(bias.table, [1, -1]));
}
