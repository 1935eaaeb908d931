import { assertInteger, invalid, type Rng } from '@footlight/core';
import {
  dense,
  dropout as dropoutLayer,
  type EmbeddingFactory,
  type Layer,
  scaledEmbeddings,
  type Training,
} from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { Network, Representation } from '../types.js';
import { createEmbeddings } from './create-embeddings.js';
import { scoreInChunks } from './score-in-chunks.js';

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
  if (hidden.length === 0)
    invalid('neuralCollaborativeFiltering(hidden)', 'at least one layer', 'none', 'Without one, use factorization().');
  for (const units of hidden) assertInteger('neuralCollaborativeFiltering(hidden)', units);
  const drop = dropoutLayer({ rate: dropout });
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
      const layers = createDenseLayers([userDim + itemDim, ...hidden, 1], rng);
      const finish = (inputs: tf.Tensor, from: number, training?: Training): tf.Tensor => {
        const last = layers.slice(from).reduce((x, layer, at) => {
          const y = layer.apply(drop.apply(x, training));
          return from + at < layers.length - 1 ? tf.relu(y) : y;
        }, inputs); // [..., 1]
        const scores = tf.squeeze(last, [-1]);
        return output === 'relu' ? tf.relu(scores) : scores;
      };
      return {
        reads: 'user',
        parameters: {
          user: user.parameters,
          item: item.parameters,
          ...Object.fromEntries(layers.map((layer, at) => [`dense${at}`, layer.parameters])),
        },
        encode: ({ users }) => ({ vectors: tf.expandDims(user.apply(users), 1) as tf.Tensor3D }), // [batch, 1, dim]
        score(vectors, candidates, training) {
          if (candidates && training && dropout > 0)
            return finish(concatenatePairs(vectors, item.apply(candidates)), 0, training) as tf.Tensor2D;
          const [userWeight, itemWeight] = tf.split(
            layers[0]!.parameters['weight'] as tf.Variable,
            [userDim, itemDim],
            0,
          ) as [tf.Tensor2D, tf.Tensor2D];
          const bias = layers[0]!.parameters['bias'] as tf.Variable;
          const fromUser = tf.add(tf.matMul(vectors, userWeight), bias) as tf.Tensor2D; // [query, unit]
          // [query or 1, candidate, dim]
          const rows = candidates ? item.apply(candidates) : tf.expandDims(item.all(), 0);
          const [count, width, units] = [rows.shape[0]!, rows.shape[1]!, hidden[0]!];
          const products = tf.matMul(tf.reshape(rows, [-1, itemDim]), itemWeight);
          const fromItem = tf.reshape(products, [count, width, units]);
          // The hidden units of a chunk over the whole catalogue stay under 64 MB.
          return scoreInChunks(fromUser, 2 ** 24 / (width * units), (chunk, from) => {
            const own = tf.expandDims(chunk, 1); // [query, 1, unit]
            const others = count === 1 ? fromItem : tf.slice(fromItem, [from, 0, 0], [chunk.shape[0], width, units]);
            return finish(tf.relu(tf.add(own, others)), 1) as tf.Tensor2D; // [query, candidate]
          });
        },
        itemVectors: () => item.all(),
        histories: {
          refusal: 'neural collaborative filtering has no closed form for the vector of a new user',
        },
      };
    },
  };
}

function createDenseLayers(sizes: readonly number[], rng: Rng): Layer[] {
  return sizes.slice(1).map((dim, at) => dense({ inputDim: sizes[at]!, dim, rng: rng.fork(`dense${at}`) }));
}

/**
 * Concatenates the vector of each query with each of its candidates.
 *
 * @shape vectors `[query, dim]`, rows `[query, candidate, dim]` → `[query, candidate, dim + dim]`
 */
function concatenatePairs(vectors: tf.Tensor2D, rows: tf.Tensor): tf.Tensor {
  return tf.concat([tf.tile(tf.expandDims(vectors, 1), [1, rows.shape[1]!, 1]), rows], 2);
}
