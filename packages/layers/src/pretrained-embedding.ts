import { invalid } from '@footlight/core';
import { createVariable, tf } from '@footlight/engine';
import type { EmbeddingFactory, EmbeddingOptions } from './embedding.js';
import { assertDeviation, normal } from './initializers.js';
import { scaleFeatures } from './projected-embedding.js';
import { assertSizes, createTableEmbedding, type TableEmbedding } from './table-embedding.js';

/** Options of `pretrainedEmbeddings`. */
export interface PretrainedEmbeddingsOptions {
  /** Root mean square of the first values. Default `1 / dim`, as of `scaledEmbeddings`. */
  readonly deviation?: number;
}

/** Options of `pretrainedEmbedding`. */
export interface PretrainedEmbeddingOptions extends EmbeddingOptions, PretrainedEmbeddingsOptions {}

/**
 * Pretrained embedding: one learned row of a table per id, which starts from a given vector, such as the embedding of a
 * text or an image.
 *
 * $$ E_{id} = \sigma \sqrt{d} \, \frac{v_{id}}{s}, \qquad s = \sqrt{\text{mean}_{id} \|v_{id}\|^2} $$
 *
 * $v_{id}$ is the vector of an id, σ the deviation and d the length of the vectors, so that the entries have the root
 * mean square σ. Rows of an id whose vector is zero, which stands for a missing one, start from N(0, σ²).
 *
 * `projectedEmbedding` keeps the vectors as they are, and takes vectors of any length.
 *
 * @example
 * const denseFeatures = { dim: 5, values: new Float32Array(7 * 5).fill(1) };
 * pretrainedEmbedding({ count: 7, dim: 5, rng, denseFeatures }).apply(ids) // [batch] → [batch, 5]
 * @shape ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `denseFeatures` is missing, has another number of rows than `count`, or
 *   vectors of another length than `dim`; `not-finite` if a number is NaN or infinite
 * @source ours
 */
export function pretrainedEmbedding(options: PretrainedEmbeddingOptions): TableEmbedding {
  const { count, dim, rng, denseFeatures, deviation = 1 / dim } = options;
  assertSizes('pretrainedEmbedding', count, dim);
  assertDeviation('pretrainedEmbedding', deviation);
  const rescaled = scaleFeatures('pretrainedEmbedding', count, denseFeatures);
  if (rescaled.dim !== dim)
    invalid(
      'pretrainedEmbedding(denseFeatures)',
      `vectors of length dim=${dim}`,
      `vectors of length ${rescaled.dim}`,
      `Choose dim ${rescaled.dim}, or projectedEmbeddings(), which takes vectors of any length.`,
    );
  const factor = deviation * Math.sqrt(dim);
  const given = tf.tidy(() => tf.mul(rescaled.all(), factor).dataSync()) as Float32Array;
  const weight = createVariable<tf.Rank.R2>([count, dim], (values) => {
    normal({ deviation }).draw([count, dim], rng.fork('missing'), values);
    for (let id = 0; id < count; id++) {
      const row = given.subarray(id * dim, (id + 1) * dim);
      if (row.some((value) => value !== 0)) values.set(row, id * dim);
    }
    return values;
  });
  return createTableEmbedding(weight);
}

/**
 * Embedding factory that creates a `pretrainedEmbedding` for a model, from the item vectors of the dataset.
 *
 * @example
 * sasRec({ dim: 64, history: 50, itemEmbedding: pretrainedEmbeddings() })
 */
export function pretrainedEmbeddings({ deviation }: PretrainedEmbeddingsOptions = {}): EmbeddingFactory {
  if (deviation !== undefined) assertDeviation('pretrainedEmbeddings', deviation);
  return {
    name: deviation === undefined ? 'pretrained' : `pretrained(${deviation})`,
    protocol: { name: 'pretrained', deviation: deviation ?? '1 / dim' },
    create: (options) => pretrainedEmbedding({ ...options, ...(deviation === undefined ? {} : { deviation }) }),
  };
}
