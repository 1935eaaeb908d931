import type { tf } from '@footlight/engine';
import { createVariable } from '@footlight/engine';
import type { EmbeddingFactory, EmbeddingOptions } from './embedding.js';
import { assertSizes, createTableEmbedding, type TableEmbedding } from './table-embedding.js';

/**
 * Zero embedding: one learned vector per id that starts at zero.
 *
 * $$ w_{id} = 0 $$
 *
 * With `dim` 1 it is a bias per id.
 *
 * @example
 * zeroEmbedding({ count: 7, dim: 1 }).apply(tf.tensor1d([6, 0], 'int32')) // [[0], [0]]
 * @shape ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `count` or `dim` is not a positive integer
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function zeroEmbedding({ count, dim }: Omit<EmbeddingOptions, 'rng'>): TableEmbedding {
  assertSizes('zeroEmbedding', count, dim);
  return createTableEmbedding(createVariable<tf.Rank.R2>([count, dim], (zeros) => zeros));
}

/**
 * Embedding factory that creates a `zeroEmbedding` for a model.
 *
 * @example
 * factorization({ dim: 32, itemEmbedding: zeroEmbeddings() })
 */
export function zeroEmbeddings(): EmbeddingFactory {
  return { name: 'zero', protocol: { name: 'zero' }, create: zeroEmbedding };
}
