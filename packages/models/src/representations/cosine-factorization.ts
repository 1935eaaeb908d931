import { assertInteger, invalid } from '@footlight/core';
import { lookup } from '@footlight/engine';
import { drawVariable, uniform } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { Network, Representation } from '../types.js';

export interface CosineFactorizationOptions {
  /** Length of the vectors of users and items. */
  readonly dim: number;
  /** Penalty on the squares of all entries of both tables, at every step. Default 0. */
  readonly l2?: number;
  /** First values are uniform in (−range, range). Default 0.05. */
  readonly range?: number;
}

/**
 * Users and items are directions, and those that point the same way belong together. With a hinge loss these are the triplets of metric learning.
 *
 * $$ s_{ui} = \frac{p_u \cdot q_i}{\|p_u\| \|q_i\|}, \qquad \text{penalty} = \lambda \left( \sum p^2 + \sum q^2 \right) $$
 *
 * @example
 * cosineFactorization({ dim: 64, l2: 1e-6 })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Weston, Bengio, Usunier, IJCAI 2011 (ranking by triplets); Schroff et al., CVPR 2015, https://arxiv.org/abs/1503.03832
 */
export function cosineFactorization({ dim, l2 = 0, range = 0.05 }: CosineFactorizationOptions): Representation {
  assertInteger('cosineFactorization(dim)', dim);
  if (!(l2 >= 0)) invalid('cosineFactorization(l2)', 'a number from 0', l2);
  if (!(range > 0)) invalid('cosineFactorization(range)', 'a number above 0', range);
  return {
    kind: 'representation',
    name: `cosine-factorization(${dim})`,
    protocol: { name: 'cosine-factorization', dim, l2, range },
    reads: 'user',
    build({ userCount, itemCount }, rng): Network {
      const first = uniform({ low: -range, high: range });
      const user = drawVariable<tf.Rank.R2>([userCount, dim], first, rng.fork('user'));
      const item = drawVariable<tf.Rank.R2>([itemCount, dim], first, rng.fork('item'));
      return {
        reads: 'user',
        parameters: { user: { weight: user }, item: { weight: item } },
        encode({ users }, training) {
          const vectors = tf.expandDims(directions(lookup(user, users)), 1) as tf.Tensor3D; // [batch, 1, dim]
          if (!training || l2 === 0) return { vectors };
          const squares = tf.add(tf.sum(tf.square(user)), tf.sum(tf.square(item)));
          return { vectors, penalty: tf.mul(tf.ones([users.size]), tf.mul(l2, squares)) as tf.Tensor1D };
        },
        score(vectors, candidates) {
          if (!candidates) return tf.matMul(vectors, directions(item) as tf.Tensor2D, false, true);
          return tf.sum(tf.mul(directions(lookup(item, candidates)), tf.expandDims(vectors, 1)), 2); // [query, candidate]
        },
        itemVectors: () => tf.clone(item),
      };
    },
  };
}

/** Vectors of length 1 along the last axis; the tiny term keeps the gradient finite at 0. */
function directions(vectors: tf.Tensor): tf.Tensor {
  return tf.mul(vectors, tf.rsqrt(tf.add(tf.sum(tf.square(vectors), -1, true), 1e-12)));
}
