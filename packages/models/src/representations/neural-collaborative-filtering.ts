import { assertInteger, omitUndefined, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import {
  drawVariable,
  type EmbeddingFactory,
  glorotUniform,
  type Parameters,
  scaledEmbeddings,
} from '@footlight/layers';
import type { DataSummary, Network, Representation } from '../types.js';
import { createEmbeddings } from './create-embeddings.js';
import { assertPerceptron, pairPerceptron } from './pair-perceptron.js';
import { scoreItems } from './score-items.js';

export interface NeuralCollaborativeFilteringOptions {
  /** Length of the vectors of users. */
  readonly userDim: number;
  /** Length of the vectors of items. */
  readonly itemDim: number;
  /** Units of each hidden layer, whose activation is the rectifier. Default `[128]`. */
  readonly hidden?: readonly number[];
  /** Dropout rate of the input of every dense layer while training, from 0 to below 1. Default 0. */
  readonly dropout?: number;
  /** Activation of the score. Default `linear`; `relu` keeps scores at or above 0 and ties many of them at 0. */
  readonly output?: 'linear' | 'relu';
  /**
   * Length of the vectors of a generalized matrix factorization beside the perceptron, which have embeddings of their
   * own (NeuMF). Default: none.
   */
  readonly factors?: number;
  /** Embedding of users. Default `scaledEmbeddings()`. */
  readonly userEmbedding?: EmbeddingFactory;
  /** Embedding of items. Default `scaledEmbeddings()`. */
  readonly itemEmbedding?: EmbeddingFactory;
}

/**
 * Neural collaborative filtering: a multilayer perceptron over the concatenated user and item embeddings.
 *
 * $$ x_0 = [p_u ; q_i], \quad x_{k+1} = \max(0, D(x_k) W_k + b_k), \quad s_{ui} = f(D(x_K) w + b) $$
 *
 * where $p_u$ and $q_i$ are the vectors of user u and item i, $D$ is dropout while training, drawn for each pair, and
 * $f$ the identity or max(0, ·). With `factors` this is NeuMF,
 *
 * $$ s_{ui} = f(a \cdot (p'_u \odot q'_i) + D(x_K) w + b) $$
 *
 * with other vectors $p'_u$ and $q'_i$ of a user and an item and learned weights a; dropout leaves them alone.
 *
 * Differs from the paper: both parts are trained together from the start, not one by one before. To score a catalogue,
 * the first product is computed once per user and once per item.
 *
 * @example
 * neuralCollaborativeFiltering({ userDim: 32, itemDim: 64, hidden: [128], dropout: 0.1 })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source He et al., WWW 2017, https://arxiv.org/abs/1708.05031
 */
export function neuralCollaborativeFiltering(options: NeuralCollaborativeFilteringOptions): Representation {
  const {
    userDim,
    itemDim,
    hidden = [128],
    dropout = 0,
    output = 'linear',
    factors,
    userEmbedding = scaledEmbeddings(),
    itemEmbedding = scaledEmbeddings(),
  } = options;
  assertInteger('neuralCollaborativeFiltering(userDim)', userDim);
  assertInteger('neuralCollaborativeFiltering(itemDim)', itemDim);
  if (factors !== undefined) assertInteger('neuralCollaborativeFiltering(factors)', factors);
  assertPerceptron('neuralCollaborativeFiltering', { hidden, dropout }, 'Without one, use factorization().');
  const sizes = [userDim, itemDim, ...hidden];
  return {
    kind: 'representation',
    name: `neural-collaborative-filtering(${[...sizes, ...(factors ? [`factors ${factors}`] : [])].join(', ')})`,
    protocol: {
      name: 'neural-collaborative-filtering',
      userDim,
      itemDim,
      hidden: [...hidden],
      dropout,
      output,
      ...omitUndefined({ factors }),
      userEmbedding: userEmbedding.protocol,
      itemEmbedding: itemEmbedding.protocol,
    },
    reads: 'user',
    build(data, rng): Network {
      const sides = {
        user: { embedding: userEmbedding, dim: userDim },
        item: { embedding: itemEmbedding, dim: itemDim },
      };
      const { user, item } = createEmbeddings(data, sides, rng);
      const perceptron = pairPerceptron({
        ...{ queryDim: userDim, itemDim, hidden, dropout, rng },
        output: factors === undefined ? output : 'linear', // of the sum of both parts
      });
      const fused =
        factors === undefined
          ? undefined
          : createFactors(data, { user: userEmbedding, item: itemEmbedding, dim: factors }, rng.fork('factors'));
      return {
        reads: 'user',
        parameters: {
          user: user.parameters,
          item: item.parameters,
          ...perceptron.parameters,
          ...(fused && { factors: fused.parameters }),
        },
        encode({ users }) {
          const own = user.apply(users);
          const vectors = fused ? tf.concat([own, fused.encode(users)], 1) : own;
          return { vectors: tf.expandDims(vectors, 1) as tf.Tensor3D }; // [batch, 1, userDim + factors]
        },
        score(vectors, candidates, training) {
          if (!fused) return perceptron.score(vectors, item, candidates, training);
          const [own, weighted] = tf.split(vectors, [userDim, factors!], 1) as [tf.Tensor2D, tf.Tensor2D];
          const read = perceptron.score(own, item, candidates, training);
          const scores = tf.add<tf.Tensor2D>(read, fused.score(weighted, candidates));
          return output === 'relu' ? tf.relu(scores) : scores;
        },
        itemVectors: () => item.all(),
        histories: {
          refusal: 'neural collaborative filtering has no closed form for the vector of a new user',
        },
      };
    },
  };
}

/** The generalized matrix factorization of NeuMF. */
interface Factors {
  readonly parameters: Parameters;
  /** The vectors of users, times the weights of the score. @shape `[batch]` → `[batch, dim]` */
  encode(users: tf.Tensor1D): tf.Tensor2D;
  /** @shape `[query, dim]`, candidates `[query, candidate]` → as these; without candidates `[query, item]` */
  score(vectors: tf.Tensor2D, candidates?: tf.Tensor2D): tf.Tensor2D;
}

/** Creates $a \cdot (p'_u \odot q'_i)$ as a product of weighted vectors of users with those of items. */
function createFactors(
  data: DataSummary,
  { user, item, dim }: { readonly user: EmbeddingFactory; readonly item: EmbeddingFactory; readonly dim: number },
  rng: Rng,
): Factors {
  const sides = createEmbeddings(data, { user: { embedding: user, dim }, item: { embedding: item, dim } }, rng);
  const weight = drawVariable<tf.Rank.R2>([1, dim], glorotUniform(), rng.fork('weight'));
  return {
    parameters: { user: sides.user.parameters, item: sides.item.parameters, weight },
    encode: (users) => tf.mul(sides.user.apply(users), weight) as tf.Tensor2D,
    score: (vectors, candidates) => scoreItems(vectors, sides.item, undefined, candidates),
  };
}
