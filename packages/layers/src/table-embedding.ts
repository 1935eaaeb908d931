import { assertInteger } from '@footlight/core';
import { lookup, tf } from '@footlight/engine';
import type { Embedding } from './embedding.js';

/** An embedding with one row of a table per id. */
export interface TableEmbedding extends Embedding {
  /** `weight` `[count, dim]` is the table. */
  readonly parameters: { readonly weight: tf.Variable<tf.Rank.R2> };
  /** `[count, dim]`: the vector of each id. */
  readonly table: tf.Variable<tf.Rank.R2>;
}

/** Creates an embedding that looks up rows of a table. @shape weight `[count, dim]` */
export function createTableEmbedding(weight: tf.Variable<tf.Rank.R2>): TableEmbedding {
  return {
    parameters: { weight },
    table: weight,
    apply: (ids) => lookup(weight, ids),
    all: () => tf.clone(weight),
  };
}

/** Checks that the sizes of an embedding are positive integers. */
export function assertSizes(where: string, count: number, dim: number): void {
  assertInteger(`${where}(count)`, count);
  assertInteger(`${where}(dim)`, dim);
}
