import { invalid } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { Embedding, EmbeddingFactory, EmbeddingOptions, EntityFeatures } from './embedding.js';
import { scaledEmbeddings } from './scaled-embedding.js';
import { assertSizes } from './table-embedding.js';

/** Options of `featureEmbeddings`. */
export interface FeatureEmbeddingsOptions {
  /** Factory of the embedding of the features. Default `scaledEmbeddings()`. */
  readonly vectors?: EmbeddingFactory;
  /** Whether each id is a feature of its own, in addition to the features that ids share. Default true. */
  readonly identity?: boolean;
}

/** Options of `featureEmbedding`. */
export interface FeatureEmbeddingOptions extends EmbeddingOptions, FeatureEmbeddingsOptions {}

/** An embedding that sums the vectors of the features of an id. */
export interface FeatureEmbedding extends Embedding {
  /**
   * Returns the sum of the feature vectors of each id, and the sum of the dot products of all pairs of its features.
   *
   * @shape ids `[...]` int32 → vectors `[..., dim]`, pairs `[..., 1]`
   */
  applyWithPairs(ids: tf.Tensor): { readonly vectors: tf.Tensor; readonly pairs: tf.Tensor };
}

/**
 * Feature embedding: the vector of an id is the sum of the vectors of its features, one of which is the id itself.
 *
 * $$ e_{id} = \sum_{f \in F_{id}} v_f, \qquad \text{pairs}_{id} = \frac{1}{2} \sum_d \left[ \left( \sum_{f \in F_{id}} v_{fd} \right)^2 - \sum_{f \in F_{id}} v_{fd}^2 \right] $$
 *
 * F_id are the features of an id, and v_f is the vector of feature f.
 *
 * Ids that share features share their vectors, so an id without interactions is represented by its features. The rows
 * of the table belong first to the ids (if `identity`), then to the features.
 *
 * @example
 * featureEmbedding({ count, dim: 32, rng, features }).apply(ids) // ids [batch] → [batch, 32]
 * @shape ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `features` is missing, or if it describes another number of ids than
 *   `count`
 * @source Kula, CBRecSys 2015, https://arxiv.org/abs/1507.08439 (sums); Rendle, ICDM 2010,
 *   https://doi.org/10.1109/ICDM.2010.127 (pairs)
 */
export function featureEmbedding({
  count,
  dim,
  rng,
  features,
  vectors = scaledEmbeddings(),
  identity = true,
}: FeatureEmbeddingOptions): FeatureEmbedding {
  assertSizes('featureEmbedding', count, dim);
  const checked =
    features ?? invalid('featureEmbedding(features)', 'features of the ids', 'none', 'Choose a dataset with features.');
  if (checked.offsets.length !== count + 1)
    invalid('featureEmbedding(features)', `features of ${count} ids`, `features of ${checked.offsets.length - 1} ids`);
  const rows = vectors.create({ count: (identity ? count : 0) + checked.names.length, dim, rng });
  const { width, ids: rowsOfId, weights } = padFeatures(checked, count, identity);

  const embedFeatures = (ids: tf.Tensor) => {
    const flat = ids.dataSync() as Int32Array;
    const size = flat.length * width;
    const chosen = tf.tensor(gatherRows(rowsOfId, flat, width, new Int32Array(size)), [...ids.shape, width], 'int32');
    const present = tf.tensor(gatherRows(weights, flat, width, new Float32Array(size)), [...ids.shape, width, 1]);
    return tf.mul(rows.apply(chosen), present); // [..., feature, dim]
  };
  return {
    parameters: rows.parameters,
    isShared: !identity,
    apply: (ids) => tf.tidy(() => tf.sum(embedFeatures(ids), -2)),
    applyWithPairs: (ids) =>
      tf.tidy(() => {
        const each = embedFeatures(ids); // [..., feature, dim]
        const sum = tf.sum(each, -2); // [..., dim]
        const pairs = tf.sub(tf.square(sum), tf.sum(tf.square(each), -2)); // [..., dim]
        return { vectors: sum, pairs: tf.mul(0.5, tf.sum(pairs, -1, true)) };
      }),
    all: () => tf.tidy(() => tf.sum(embedFeatures(tf.range(0, count, 1, 'int32')), -2) as tf.Tensor2D),
  };
}

/**
 * Embedding factory that creates a `featureEmbedding` for a model, with the features of the dataset.
 *
 * @example
 * factorization({ dim: 32, itemEmbedding: featureEmbeddings() })
 */
export function featureEmbeddings({
  vectors = scaledEmbeddings(),
  identity = true,
}: FeatureEmbeddingsOptions = {}): EmbeddingFactory {
  return {
    name: `featured(${[vectors.name, ...(identity ? [] : ['no identity'])].join(', ')})`,
    protocol: { name: 'featured', vectors: vectors.protocol, identity },
    create: (options) => featureEmbedding({ ...options, vectors, identity }),
  };
}

interface PaddedFeatures {
  /** The largest number of features of one id. */
  readonly width: number;
  /** `[count, width]`: rows of the table. */
  readonly ids: Int32Array;
  /** `[count, width]`: 1 for a feature, 0 for padding. */
  readonly weights: Float32Array;
}

/** Pads the features of every id to the length of the longest list. */
function padFeatures({ offsets, ids }: EntityFeatures, count: number, identity: boolean): PaddedFeatures {
  const own = identity ? 1 : 0;
  let width = 1;
  for (let id = 0; id < count; id++) width = Math.max(width, own + offsets[id + 1]! - offsets[id]!);
  const rows = { width, ids: new Int32Array(count * width), weights: new Float32Array(count * width) };
  for (let id = 0; id < count; id++) {
    let at = id * width;
    if (identity) {
      rows.ids[at] = id;
      rows.weights[at++] = 1;
    }
    for (let entry = offsets[id]!; entry < offsets[id + 1]!; entry++, at++) {
      rows.ids[at] = (identity ? count : 0) + ids[entry]!;
      rows.weights[at] = 1;
    }
  }
  return rows;
}

function gatherRows<T extends Int32Array | Float32Array>(table: T, ids: Int32Array, width: number, into: T): T {
  const count = table.length / width;
  ids.forEach((id, at) => {
    if (!(id >= 0 && id < count))
      invalid('featureEmbedding(ids)', `ids from 0 to ${count - 1}`, `${id} at position ${at}`);
    into.set(table.subarray(id * width, (id + 1) * width), at * width);
  });
  return into;
}
