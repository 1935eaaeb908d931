import { assertInteger, assertNumber, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { dense, dropout as dropoutLayer, type Embedding, type Parameters, type Training } from '@footlight/layers';
import { normalize } from './normalize.js';

export interface TowerOptions {
  /** Units of each hidden layer, whose activation is the rectifier. */
  readonly hidden: readonly number[];
  /** Length of the vectors that the tower returns. */
  readonly dim: number;
  /** Dropout rate of the input of every dense layer while training, from 0 to below 1. */
  readonly dropout: number;
  /** Whether vectors have length 1. */
  readonly normalized: boolean;
}

/** A multilayer perceptron over an embedding: ids to vectors. */
export interface Tower {
  readonly parameters: Parameters;
  /** @shape ids `[id]` int32 → `[id, dim]` */
  apply(ids: tf.Tensor1D, training?: Training): tf.Tensor2D;
  /** The vectors of all ids, `[count, dim]`. */
  all(count: number): tf.Tensor2D;
}

/** @throws {RecsysError} `invalid-argument` for sizes or a rate out of range */
export function assertTower(where: string, { hidden, dim, dropout }: TowerOptions): void {
  assertInteger(`${where}(dim)`, dim);
  for (const units of hidden) assertInteger(`${where}(hidden)`, units);
  assertNumber(`${where}(dropout)`, dropout, { from: 0, below: 1 });
}

/**
 * Tower: a multilayer perceptron over the embedding of an id.
 *
 * $$ x_0 = e_{id}, \quad x_{k+1} = \max(0, D(x_k) W_k + b_k), \quad y = D(x_K) W + b $$
 *
 * where D is dropout while training; y is divided by its length if `normalized`.
 */
export function createTower(
  embedding: Embedding,
  inputDim: number,
  { hidden, dim, dropout, normalized }: TowerOptions,
  rng: Rng,
): Tower {
  const drop = dropoutLayer({ rate: dropout });
  const sizes = [inputDim, ...hidden, dim];
  const layers = sizes
    .slice(1)
    .map((units, at) => dense({ inputDim: sizes[at]!, dim: units, rng: rng.fork(`dense${at}`) }));
  const apply: Tower['apply'] = (ids, training) => {
    const output = layers.reduce((x, layer, at) => {
      const next = layer.apply(drop.apply(x, training));
      return at < layers.length - 1 ? tf.relu(next) : next;
    }, embedding.apply(ids)) as tf.Tensor2D;
    return normalized ? normalize(output) : output;
  };
  return {
    parameters: {
      embedding: embedding.parameters,
      ...Object.fromEntries(layers.map(({ parameters }, at) => [`dense${at}`, parameters])),
    },
    apply,
    all(count) {
      const chunks: tf.Tensor2D[] = [];
      for (let from = 0; from < count; from += chunkSize)
        chunks.push(tf.tidy(() => apply(tf.range(from, Math.min(count, from + chunkSize), 1, 'int32'))));
      return chunks.length === 1 ? chunks[0]! : tf.concat(chunks, 0);
    },
  };
}

/** Ids whose features and hidden units are in memory at a time. */
const chunkSize = 4096;
