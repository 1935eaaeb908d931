import type * as tf from '@tensorflow/tfjs';
import type { EmbeddingFactory, EmbeddingOptions } from './embedding.js';
import { assertDeviation, drawVariable, normal } from './initializers.js';
import { assertSizes, createTableEmbedding, type TableEmbedding } from './table-embedding.js';

export interface ScaledEmbeddingsOptions {
  /** Standard deviation of the first values. Default `1 / dim`. */
  readonly deviation?: number;
}

export interface ScaledEmbeddingOptions extends EmbeddingOptions, ScaledEmbeddingsOptions {}

/**
 * One learned vector per id, small at first: the scalar product of two of them starts near 0 whatever `dim`.
 *
 * $$ w_{id} \sim N(0, 1/d^2) $$
 *
 * @shape ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `count` or `dim` is not a positive integer
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function scaledEmbedding({ count, dim, rng, deviation = 1 / dim }: ScaledEmbeddingOptions): TableEmbedding {
  assertSizes('scaledEmbedding', count, dim);
  assertDeviation('scaledEmbedding', deviation);
  return createTableEmbedding(drawVariable<tf.Rank.R2>([count, dim], normal({ deviation }), rng));
}

/**
 * `scaledEmbedding` as an option of models.
 *
 * @example
 * factorization({ dim: 32, itemEmbedding: scaled({ deviation: 0.1 }) })
 */
export function scaledEmbeddings({ deviation }: ScaledEmbeddingsOptions = {}): EmbeddingFactory {
  return {
    name: deviation === undefined ? 'scaled' : `scaled(${deviation})`,
    protocol: { name: 'scaled', deviation: deviation ?? '1 / dim' },
    create: (options) => scaledEmbedding({ ...options, ...(deviation === undefined ? {} : { deviation }) }),
  };
}
