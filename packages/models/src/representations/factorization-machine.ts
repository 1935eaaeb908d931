import { assertInteger } from '@footlight/core';
import { type EmbeddingFactory, featureEmbedding, scaledEmbeddings, zeroEmbeddings } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { DataSummary, Network, Representation } from '../types.js';

export interface FactorizationMachineOptions {
  /** Length of the vectors of features. */
  readonly dim: number;
  /** First values of the vectors. Default `scaled()`. */
  readonly vectors?: EmbeddingFactory;
}

/**
 * A factorization machine: a user, an item and all that is known of both are features, and every pair of them has its say.
 *
 * $$ s = w_0 + \sum_{f \in F} w_f + \sum_{f < g \in F} v_f \cdot v_g, \qquad F = F_u \cup F_i $$
 *
 * Pairs within a user and within an item are summed once for each; those across are the product of the two sums of vectors. With the ids as the only
 * features this is `factorization`. `w_0` starts at the mean of the training ratings, where there are ratings.
 *
 * @example
 * factorizationMachine({ dim: 64 }) // over movielens('100k'): ids, age, gender, occupation, genres, year
 * @throws {RecsysError} `invalid-argument` if `dim` is not a positive integer
 * @source Rendle, ICDM 2010, https://doi.org/10.1109/ICDM.2010.127
 */
export function factorizationMachine({
  dim,
  vectors = scaledEmbeddings(),
}: FactorizationMachineOptions): Representation {
  assertInteger('factorizationMachine(dim)', dim);
  return {
    kind: 'representation',
    name: `factorization-machine(${dim})`,
    protocol: { name: 'factorization-machine', dim, vectors: vectors.protocol },
    reads: 'user',
    build(
      { userCount, itemCount, userFeatures = none(userCount), itemFeatures = none(itemCount), ratingMean = 0 },
      rng,
    ): Network {
      const side = (name: string, count: number, features: typeof userFeatures) => ({
        vectors: featureEmbedding({ count, dim, rng: rng.fork(name), features, vectors }),
        linear: featureEmbedding({ count, dim: 1, rng, features, vectors: zeroEmbeddings() }),
      });
      const user = side('user', userCount, userFeatures);
      const item = side('item', itemCount, itemFeatures);
      const bias = tf.tidy(() => tf.variable(tf.tensor1d([ratingMean])));
      const sumsOf = ({ vectors, linear }: typeof user, ids: tf.Tensor) => {
        const { vectors: sum, pairs } = vectors.applyWithPairs(ids);
        return { sum, offset: tf.add(pairs, linear.apply(ids)) }; // [..., dim], [..., 1]
      };
      return {
        reads: 'user',
        parameters: {
          bias,
          user: user.vectors.parameters,
          item: item.vectors.parameters,
          userLinear: user.linear.parameters,
          itemLinear: item.linear.parameters,
        },
        encode({ users }) {
          const { sum, offset } = sumsOf(user, users); // [batch, dim], [batch, 1]
          return { vectors: tf.expandDims(tf.concat([sum, tf.add(offset, bias)], 1), 1) as tf.Tensor3D }; // [batch, 1, dim + 1]
        },
        score(queries, candidates) {
          const [taste, own] = tf.split(queries, [dim, 1], 1) as [tf.Tensor2D, tf.Tensor2D]; // [query, dim], [query, 1]
          const { sum, offset } = sumsOf(item, candidates ?? tf.range(0, itemCount, 1, 'int32')); // [..., candidate, dim], [..., candidate, 1]
          const products = candidates
            ? tf.sum(tf.mul(sum, tf.expandDims(taste, 1)), 2)
            : tf.matMul(taste, sum as tf.Tensor2D, false, true);
          return tf.add(tf.add(products, tf.squeeze(offset, [-1])), own) as tf.Tensor2D;
        },
        itemVectors: () => item.vectors.all(),
      };
    },
  };
}

/** Nothing is known of anybody. */
function none(count: number): NonNullable<DataSummary['userFeatures']> {
  return { names: [], offsets: new Int32Array(count + 1), ids: new Int32Array(0) };
}
