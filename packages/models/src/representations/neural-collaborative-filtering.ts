import { assertInteger } from '@footlight/core';
import { tf } from '@footlight/engine';
import { type EmbeddingFactory, scaledEmbeddings } from '@footlight/layers';
import type { Network, Representation } from '../types.js';
import { createEmbeddings } from './create-embeddings.js';
import { assertPerceptron, pairPerceptron } from './pair-perceptron.js';

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
 * $f$ the identity or max(0, ·).
 *
 * Differs from the paper: this is its MLP alone, without the generalized matrix factorization beside it. To score a
 * catalogue, the first product is computed once per user and once per item.
 *
 * @example
 * neuralCollaborativeFiltering({ userDim: 32, itemDim: 64, hidden: [128], dropout: 0.1 })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source He et al., WWW 2017 (its MLP), https://arxiv.org/abs/1708.05031
 */
export function neuralCollaborativeFiltering(options: NeuralCollaborativeFilteringOptions): Representation {
  const {
    userDim,
    itemDim,
    hidden = [128],
    dropout = 0,
    output = 'linear',
    userEmbedding = scaledEmbeddings(),
    itemEmbedding = scaledEmbeddings(),
  } = options;
  assertInteger('neuralCollaborativeFiltering(userDim)', userDim);
  assertInteger('neuralCollaborativeFiltering(itemDim)', itemDim);
  assertPerceptron('neuralCollaborativeFiltering', { hidden, dropout }, 'Without one, use factorization().');
  return {
    kind: 'representation',
    name: `neural-collaborative-filtering(${[userDim, itemDim, ...hidden].join(', ')})`,
    protocol: {
      name: 'neural-collaborative-filtering',
      userDim,
      itemDim,
      hidden: [...hidden],
      dropout,
      output,
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
      const perceptron = pairPerceptron({ queryDim: userDim, itemDim, hidden, dropout, output, rng });
      return {
        reads: 'user',
        parameters: {
          user: user.parameters,
          item: item.parameters,
          ...perceptron.parameters,
        },
        encode: ({ users }) => ({ vectors: tf.expandDims(user.apply(users), 1) as tf.Tensor3D }), // [batch, 1, dim]
        score: (vectors, candidates, training) => perceptron.score(vectors, item, candidates, training),
        itemVectors: () => item.all(),
        histories: {
          refusal: 'neural collaborative filtering has no closed form for the vector of a new user',
        },
      };
    },
  };
}
