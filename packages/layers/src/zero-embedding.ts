import * as tf from '@tensorflow/tfjs';
import type { EmbeddingFactory, EmbeddingOptions } from './embedding.js';
import { assertSizes, createTableEmbedding, type TableEmbedding } from './table-embedding.js';

/**
 * One learned vector per id, zero at first. With `dim` 1 it is a bias per id.
 *
 * @shape ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `count` or `dim` is not a positive integer
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function zeroEmbedding({ count, dim }: Omit<EmbeddingOptions, 'rng'>): TableEmbedding {
  assertSizes('zeroEmbedding', count, dim);
  return createTableEmbedding(tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R2>([count, dim]))));
}

/** `zeroEmbedding` as an option of models. */
export function zeroEmbeddings(): EmbeddingFactory {
  return { name: 'zero', protocol: { name: 'zero' }, create: zeroEmbedding };
}
