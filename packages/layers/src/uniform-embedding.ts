import { assertNumber } from '@footlight/core';
import type { tf } from '@footlight/engine';
import type { EmbeddingFactory, EmbeddingOptions } from './embedding.js';
import { drawVariable, uniform } from './initializers.js';
import { assertSizes, createTableEmbedding, type TableEmbedding } from './table-embedding.js';

/** Options of `uniformEmbeddings`. */
export interface UniformEmbeddingsOptions {
  /** Bound of the first values, which are drawn from (−range, range). Above 0. Default 0.05, as in Keras. */
  readonly range?: number;
}

/** Options of `uniformEmbedding`. */
export interface UniformEmbeddingOptions extends EmbeddingOptions, UniformEmbeddingsOptions {}

/**
 * Uniform embedding: one learned vector per id, drawn from a uniform distribution around 0.
 *
 * $$ w_{id} \sim U(-r, r) $$
 *
 * w_id is the vector of an id, and r is `range`.
 *
 * @example
 * uniformEmbedding({ count: 7, dim: 5, rng }).apply(tf.tensor1d([6, 0], 'int32')) // [2, 5]
 * @shape ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `count` or `dim` is not a positive integer, or if `range` is not above 0
 * @source Keras, `Embedding` with `RandomUniform`, https://keras.io/api/layers/core_layers/embedding/
 */
export function uniformEmbedding({ count, dim, rng, range = 0.05 }: UniformEmbeddingOptions): TableEmbedding {
  assertSizes('uniformEmbedding', count, dim);
  return createTableEmbedding(
    drawVariable<tf.Rank.R2>([count, dim], uniform({ low: -assertRange(range), high: range }), rng),
  );
}

/**
 * Embedding factory that creates a `uniformEmbedding` for a model.
 *
 * @example
 * factorization({ dim: 32, itemEmbedding: uniformEmbeddings({ range: 0.1 }) })
 */
export function uniformEmbeddings({ range = 0.05 }: UniformEmbeddingsOptions = {}): EmbeddingFactory {
  assertRange(range);
  return {
    name: `uniform(${range})`,
    protocol: { name: 'uniform', range },
    create: (options) => uniformEmbedding({ ...options, range }),
  };
}

function assertRange(range: number): number {
  return assertNumber('uniformEmbedding(range)', range, { above: 0 });
}
