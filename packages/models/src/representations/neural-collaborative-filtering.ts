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

export interface NeuralCollaborativeFilteringOptions {
  /** Length of the vectors of users. */
  readonly userDim: number;
  /** Length of the vectors of items. */
  readonly itemDim: number;
  /** Units of each hidden layer; they are rectified. Default `[128]`. */
  readonly hidden?: readonly number[];
  /** Share of the inputs of each dense layer but the first vectors' own that are set to zero while training, each candidate for itself. Default 0. */
  readonly dropout?: number;
  /** What becomes of the last sum. Default `linear`; `relu` keeps scores from 0 and ties many of them at 0. */
  readonly output?: 'linear' | 'relu';
  /** Vectors of users. Default `scaled()`. */
  readonly userEmbedding?: EmbeddingFactory;
  /** Vectors of items. Default `scaled()`. */
  readonly itemEmbedding?: EmbeddingFactory;
}

/**
 * A small network looks at both vectors and decides by itself what goes with what.
 *
 * $$ x_0 = [p_u ; q_i], \quad x_{k+1} = \max(0, D(x_k) W_k + b_k), \quad s_{ui} = f(D(x_K) w + b) $$
 *
 * with $D$ dropout while training, and $f$ the identity or max(0, ·). To predict, the first product is taken once per user and once per item.
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
    build(facts, rng): Network {
      const sides = {
        user: { embedding: userEmbedding, dim: userDim },
        item: { embedding: itemEmbedding, dim: itemDim },
      };
      const { user, item } = createEmbeddings(facts, sides, rng);
      const layers = denseLayers([userDim + itemDim, ...hidden, 1], rng);
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
            return finish(pairsOf(vectors, item.apply(candidates)), 0, training) as tf.Tensor2D;
          const [ofUser, ofItem] = tf.split(layers[0]!.parameters['weight'] as tf.Variable, [userDim, itemDim], 0) as [
            tf.Tensor2D,
            tf.Tensor2D,
          ];
          const bias = layers[0]!.parameters['bias'] as tf.Variable;
          const known = tf.add(tf.matMul(vectors, ofUser), bias); // [query, unit]
          const rows = candidates ? item.apply(candidates) : tf.expandDims(item.all(), 0); // [query or 1, candidate, dim]
          const wanted = tf.reshape(tf.matMul(tf.reshape(rows, [-1, itemDim]), ofItem), [
            ...rows.shape.slice(0, 2),
            hidden[0]!,
          ]);
          return scoreInPieces(known, wanted, (first) => finish(tf.relu(first), 1));
        },
        itemVectors: () => item.all(),
      };
    },
  };
}

function denseLayers(sizes: readonly number[], rng: Rng): Layer[] {
  return sizes.slice(1).map((dim, at) => dense({ inputDim: sizes[at]!, dim, rng: rng.fork(`dense${at}`) }));
}

/** Each candidate beside its query's vector. @shape `[query, dim]`, `[query, candidate, dim]` → `[query, candidate, dim + dim]` */
function pairsOf(vectors: tf.Tensor2D, rows: tf.Tensor): tf.Tensor {
  return tf.concat([tf.tile(tf.expandDims(vectors, 1), [1, rows.shape[1]!, 1]), rows], 2);
}

/** Queries are taken a few at a time, so that their hidden units over a whole catalogue stay under 64 MB. */
function scoreInPieces(known: tf.Tensor, wanted: tf.Tensor, finish: (first: tf.Tensor) => tf.Tensor): tf.Tensor2D {
  const [rows, candidates, units] = wanted.shape as [number, number, number];
  const queries = known.shape[0]!;
  const size = Math.max(1, Math.floor(2 ** 24 / (candidates * units)));
  const pieces: tf.Tensor[] = [];
  for (let from = 0; from < queries; from += size) {
    const count = Math.min(size, queries - from);
    const own = tf.expandDims(tf.slice(known, [from, 0], [count, units]), 1); // [query, 1, unit]
    const theirs = rows === 1 ? wanted : tf.slice(wanted, [from, 0, 0], [count, candidates, units]);
    pieces.push(tf.tidy(() => finish(tf.add(own, theirs)))); // [query, candidate]
  }
  return (pieces.length === 1 ? pieces[0] : tf.concat(pieces, 0)) as tf.Tensor2D;
}
