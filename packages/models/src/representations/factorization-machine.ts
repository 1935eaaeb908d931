import { assertInteger, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import {
  drawVariable,
  type EmbeddingFactory,
  featureEmbedding,
  normal,
  type Parameters,
  scaledEmbeddings,
  scaleFeatures,
  zeroEmbeddings,
  zeros,
} from '@footlight/layers';
import { createBilinearHistories } from '../fold-in/bilinear-histories.js';
import { describeFoldIn, type FoldInOptions, resolveFoldIn } from '../fold-in/options.js';
import type { DataSummary, Network, Representation } from '../types.js';

export interface FactorizationMachineOptions {
  /** Length of the vectors of the features. */
  readonly dim: number;
  /** Embedding of the features, which decides their first values. Default `scaledEmbeddings()`. */
  readonly vectors?: EmbeddingFactory;
  /**
   * How unknown users with a history are folded in: their sum of vectors and weights, without features. Does not change
   * training.
   */
  readonly foldIn?: FoldInOptions;
}

/**
 * Factorization machine: users, items and their features have a weight each, and every pair of them interacts by the
 * dot product of their vectors.
 *
 * $$ s = w_0 + \sum_{f \in F} w_f + \sum_{f < g \in F} v_f \cdot v_g, \qquad F = F_u \cup F_i $$
 *
 * where $F_u$ and $F_i$ are the id and the features of user u and item i, $w_f$ the weight and $v_f$ the vector of
 * feature f. Pairs within a user or an item are summed once; pairs between them are the product of two sums of vectors.
 * With the ids as the only features this is `factorization`. $w_0$ starts at the mean of the training ratings, if any.
 *
 * Dense features of the items (`itemVectors`) are real-valued features: $w_f$ and $v_f$ are multiplied by the value
 * $x_f$, in units of the root mean square length of the vectors.
 *
 * @example
 * factorizationMachine({ dim: 64 }) // on movielens('100k'): ids, age, gender, occupation, genres, year
 * @throws {RecsysError} `invalid-argument` if `dim` is not a positive integer
 * @source Rendle, ICDM 2010, https://doi.org/10.1109/ICDM.2010.127
 */
export function factorizationMachine({
  dim,
  vectors = scaledEmbeddings(),
  foldIn,
}: FactorizationMachineOptions): Representation {
  assertInteger('factorizationMachine(dim)', dim);
  const foldInOptions = resolveFoldIn(foldIn);
  return {
    kind: 'representation',
    name: `factorization-machine(${dim})`,
    protocol: {
      name: 'factorization-machine',
      dim,
      vectors: vectors.protocol,
      foldIn: describeFoldIn(foldInOptions),
    },
    reads: 'user',
    build(data, rng): Network {
      const { userCount, itemCount, ratingMean = 0 } = data;
      const { userFeatures = noFeatures(userCount), itemFeatures = noFeatures(itemCount) } = data;
      const createSide = (name: string, count: number, features: typeof userFeatures) => ({
        vectors: featureEmbedding({ count, dim, rng: rng.fork(name), features, vectors }),
        linear: featureEmbedding({ count, dim: 1, rng, features, vectors: zeroEmbeddings() }),
      });
      const user = createSide('user', userCount, userFeatures);
      const item = createSide('item', itemCount, itemFeatures);
      const bias = tf.tidy(() => tf.variable(tf.tensor1d([ratingMean])));
      const dense = data.itemVectors && createDenseSide(itemCount, dim, data.itemVectors, rng);
      const sumFeatures = (side: typeof user, ids: tf.Tensor) => {
        const { vectors: own, pairs } = side.vectors.applyWithPairs(ids);
        const sums = { sum: own, offset: tf.add(pairs, side.linear.apply(ids)) }; // [..., dim], [..., 1]
        return dense && side === item ? dense.addTo(sums, ids) : sums;
      };
      const score: Network['score'] = (queries, candidates) => {
        // [query, dim], [query, 1]
        const [userSum, userOffset] = tf.split(queries, [dim, 1], 1) as [tf.Tensor2D, tf.Tensor2D];
        // [..., candidate, dim], [..., candidate, 1]
        const { sum, offset } = sumFeatures(item, candidates ?? tf.range(0, itemCount, 1, 'int32'));
        const products = candidates
          ? tf.sum(tf.mul(sum, tf.expandDims(userSum, 1)), 2)
          : tf.matMul(userSum, sum as tf.Tensor2D, false, true);
        return tf.add(tf.add(products, tf.squeeze(offset, [-1])), userOffset) as tf.Tensor2D;
      };
      const summarize = (side: typeof user, count: number) => {
        const { sum, offset } = sumFeatures(side, tf.range(0, count, 1, 'int32'));
        return { vectors: sum as tf.Tensor2D, offsets: offset };
      };
      return {
        reads: 'user',
        parameters: {
          bias,
          user: user.vectors.parameters,
          item: item.vectors.parameters,
          userLinear: user.linear.parameters,
          itemLinear: item.linear.parameters,
          ...(dense && { itemVectors: dense.parameters }),
        },
        encode({ users }, training) {
          const { sum, offset } = sumFeatures(user, users); // [batch, dim], [batch, 1]
          const shared = tf.add(offset, bias);
          const last = training?.comparesScores ? tf.mul(shared, 0) : shared; // with a gradient of zero
          const vectors = tf.concat([sum, last], 1); // [batch, dim + 1]
          return { vectors: tf.expandDims(vectors, 1) as tf.Tensor3D };
        },
        score,
        itemVectors: () => summarize(item, itemCount).vectors,
        histories: createBilinearHistories(
          {
            users: () => summarize(user, userCount),
            items: () => summarize(item, itemCount),
            trainedUsers: data.trainedUsers,
            mean: bias,
            rates: true,
            score: (vector, offset) => score(tf.concat([vector, [[offset]]], 1)),
          },
          foldInOptions,
        ),
      };
    },
  };
}

/** The sum of the vectors of an entity's features, and of their weights and pairs. */
interface Sums {
  /** `[..., dim]` */
  readonly sum: tf.Tensor;
  /** `[..., 1]` */
  readonly offset: tf.Tensor;
}

/** Creates the part of dense features: sums of $x_f v_f$, of $x_f w_f$, and of the pairs that they are in. */
function createDenseSide(
  count: number,
  dim: number,
  features: NonNullable<DataSummary['itemVectors']>,
  rng: Rng,
): { readonly parameters: Parameters; addTo(sums: Sums, ids: tf.Tensor): Sums } {
  const scaled = scaleFeatures('factorizationMachine', count, features);
  const weight = drawVariable<tf.Rank.R2>([scaled.dim, dim], normal({ deviation: 1 / dim }), rng.fork('itemVectors'));
  const linear = drawVariable<tf.Rank.R2>([scaled.dim, 1], zeros(), rng);
  return {
    parameters: { weight, linear },
    addTo({ sum, offset }, ids) {
      const x = scaled.gather(ids); // [id, feature]
      const projected = tf.matMul(x, weight); // [id, dim]
      const squares = tf.matMul(tf.square(x), tf.sum(tf.square(weight), 1, true)); // [id, 1]
      const pairs = tf.mul(0.5, tf.sub(tf.sum(tf.square(projected), 1, true), squares));
      const own = tf.reshape(tf.add(pairs, tf.matMul(x, linear)), offset.shape);
      const added = tf.reshape(projected, sum.shape); // [..., dim]
      return {
        sum: tf.add(sum, added),
        offset: tf.addN([offset, own, tf.sum(tf.mul(sum, added), -1, true)]),
      };
    },
  };
}

/** Features of users or items without features. */
function noFeatures(count: number): NonNullable<DataSummary['userFeatures']> {
  return { names: [], offsets: new Int32Array(count + 1), ids: new Int32Array(0) };
}
