import { assertInteger, assertNumber, invalid, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import {
  dense,
  dropout as dropoutLayer,
  type Embedding,
  type Layer,
  type Parameters,
  type Training,
} from '@footlight/layers';
import { scoreInChunks } from './score-in-chunks.js';

export interface PerceptronOptions {
  /** Units of each hidden layer, whose activation is the rectifier. */
  readonly hidden: readonly number[];
  /** Dropout rate of the input of every dense layer while training, from 0 to below 1. Default 0. */
  readonly dropout?: number;
  /** Activation of the score. Default `linear`; `relu` keeps scores at or above 0 and ties many of them at 0. */
  readonly output?: 'linear' | 'relu';
}

/** A multilayer perceptron with parameters, which scores pairs of a vector and an item. */
export interface PairPerceptron {
  readonly parameters: Parameters;
  /**
   * Scores items; to score the whole catalogue, the first product is computed once per query and once per item.
   *
   * @shape vectors `[query, dim]`, candidates `[query, candidate]` int32 → `[query, candidate]`; without candidates
   *   `[query, item]`
   */
  score(vectors: tf.Tensor2D, item: Embedding, candidates?: tf.Tensor2D, training?: Training): tf.Tensor2D;
}

/** @throws {RecsysError} `invalid-argument` without a layer, or for units or a dropout rate out of range */
export function assertPerceptron(where: string, { hidden, dropout = 0 }: PerceptronOptions, hint: string): void {
  if (hidden.length === 0) invalid(`${where}(hidden)`, 'at least one layer', 'none', hint);
  for (const units of hidden) assertInteger(`${where}(hidden)`, units);
  assertNumber(`${where}(dropout)`, dropout, { from: 0, below: 1 });
}

/**
 * Pair perceptron: a multilayer perceptron over the concatenated vectors of a query and an item.
 *
 * $$ x_0 = [u ; q_i], \quad x_{k+1} = \max(0, D(x_k) W_k + b_k), \quad s_{ui} = f(D(x_K) w + b) $$
 *
 * where u is the vector of the query and $q_i$ that of item i, $D$ is dropout while training, drawn for each pair, and
 * $f$ the identity or max(0, ·).
 */
export function pairPerceptron({
  queryDim,
  itemDim,
  hidden,
  dropout = 0,
  output = 'linear',
  rng,
}: PerceptronOptions & { readonly queryDim: number; readonly itemDim: number; readonly rng: Rng }): PairPerceptron {
  const drop = dropoutLayer({ rate: dropout });
  const layers = createDenseLayers([queryDim + itemDim, ...hidden, 1], rng);
  const finish = (inputs: tf.Tensor, from: number, compares = false, training?: Training): tf.Tensor => {
    const last = layers.slice(from).reduce((x, layer, at) => {
      const input = drop.apply(x, training);
      if (from + at < layers.length - 1) return tf.relu(layer.apply(input));
      return compares && output === 'linear' ? multiply(layer, input) : layer.apply(input);
    }, inputs); // [..., 1]
    const scores = tf.squeeze(last, [-1]);
    return output === 'relu' ? tf.relu(scores) : scores;
  };
  return {
    parameters: Object.fromEntries(layers.map((layer, at) => [`dense${at}`, layer.parameters])),
    score(vectors, item, candidates, training) {
      if (candidates && training && dropout > 0)
        return finish(
          concatenatePairs(vectors, item.apply(candidates)),
          0,
          training.comparesScores,
          training,
        ) as tf.Tensor2D;
      const { weight, bias } = layers[0]!.parameters as { weight: tf.Variable; bias: tf.Variable };
      const [queryWeight, itemWeight] = tf.split(weight, [queryDim, itemDim], 0) as [tf.Tensor2D, tf.Tensor2D];
      const fromQuery = tf.add(tf.matMul(vectors, queryWeight), bias) as tf.Tensor2D; // [query, unit]
      // [query or 1, candidate, dim]
      const rows = candidates ? item.apply(candidates) : tf.expandDims(item.all(), 0);
      const [count, width, units] = [rows.shape[0]!, rows.shape[1]!, hidden[0]!];
      const products = tf.matMul(tf.reshape(rows, [-1, itemDim]), itemWeight);
      const fromItem = tf.reshape(products, [count, width, units]);
      // The hidden units of a chunk over the whole catalogue stay under 64 MB.
      return scoreInChunks(fromQuery, 2 ** 24 / (width * units), (chunk, from) => {
        const own = tf.expandDims(chunk, 1); // [query, 1, unit]
        const others = count === 1 ? fromItem : tf.slice(fromItem, [from, 0, 0], [chunk.shape[0], width, units]);
        return finish(tf.relu(tf.add(own, others)), 1, training?.comparesScores) as tf.Tensor2D; // [query, candidate]
      });
    },
  };
}

/**
 * Applies a dense layer of one unit; its bias, which all items share, is left out and has a gradient of zero.
 *
 * @shape `[..., dim]` → `[..., 1]`
 */
function multiply({ parameters }: Layer, input: tf.Tensor): tf.Tensor {
  const rows = tf.reshape(input, [-1, input.shape.at(-1)!]) as tf.Tensor2D;
  const { weight, bias } = parameters as { weight: tf.Variable<tf.Rank.R2>; bias: tf.Variable };
  const scores = tf.add(tf.matMul(rows, weight), tf.mul(bias, 0));
  return tf.reshape(scores, [...input.shape.slice(0, -1), 1]);
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
