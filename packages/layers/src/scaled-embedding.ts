import type { tf } from '@footlight/engine';
import type { EmbeddingFactory, EmbeddingOptions } from './embedding.js';
import { assertDeviation, drawVariable, normal } from './initializers.js';
import { assertSizes, createTableEmbedding, type TableEmbedding } from './table-embedding.js';

/** Options of `scaledEmbeddings`. */
export interface ScaledEmbeddingsOptions {
  /** Standard deviation of the first values. Default `1 / dim`. */
  readonly deviation?: number;
}

/** Options of `scaledEmbedding`. */
export interface ScaledEmbeddingOptions extends EmbeddingOptions, ScaledEmbeddingsOptions {}

/**
 * Scaled embedding: one learned vector per id, drawn from a normal distribution with standard deviation 1 / dim.
 *
 * $$ w_{id} \sim N(0, 1/d^2) $$
 *
 * w_id is the vector of an id, and d is `dim`. The dot product of two such vectors starts near 0, whatever `dim` is.
 *
 * @example
 * scaledEmbedding({ count: 7, dim: 5, rng }).apply(tf.tensor1d([6, 0], 'int32')) // [2, 5]
 * @shape ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `count` or `dim` is not a positive integer, or if `deviation` is negative
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function scaledEmbedding({ count, dim, rng, deviation = 1 / dim }: ScaledEmbeddingOptions): TableEmbedding {
  assertSizes('scaledEmbedding', count, dim);
  assertDeviation('scaledEmbedding', deviation);
  return createTableEmbedding(drawVariable<tf.Rank.R2>([count, dim], normal({ deviation }), rng));
}

/**
 * Embedding factory that creates a `scaledEmbedding` for a model.
 *
 * @example
 * factorization({ dim: 32, itemEmbedding: scaledEmbeddings({ deviation: 0.1 }) })
 */
export function scaledEmbeddings({ deviation }: ScaledEmbeddingsOptions = {}): EmbeddingFactory {
  if (deviation !== undefined) assertDeviation('scaledEmbeddings', deviation);
  return {
    name: deviation === undefined ? 'scaled' : `scaled(${deviation})`,
    protocol: { name: 'scaled', deviation: deviation ?? '1 / dim' },
    create: (options) => scaledEmbedding({ ...options, ...(deviation === undefined ? {} : { deviation }) }),
  };
}
