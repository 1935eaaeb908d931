import { assertInteger } from '@footlight/core';
import { lookup } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import type { Embedding } from './embedding.js';

/** An embedding that is one table. */
export interface TableEmbedding extends Embedding {
  readonly parameters: { readonly weight: tf.Variable<tf.Rank.R2> };
  readonly table: tf.Variable<tf.Rank.R2>;
}

/** Looks rows up in a table. */
export function createTableEmbedding(weight: tf.Variable<tf.Rank.R2>): TableEmbedding {
  return {
    parameters: { weight },
    table: weight,
    apply: (ids) => lookup(weight, ids),
    all: () => tf.clone(weight),
  };
}

export function assertSizes(where: string, count: number, dim: number): void {
  assertInteger(`${where}(count)`, count);
  assertInteger(`${where}(dim)`, dim);
}
