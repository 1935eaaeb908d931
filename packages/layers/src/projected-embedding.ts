import { assertInteger, invalid, omitUndefined, RecsysError } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { DenseFeatures, Embedding, EmbeddingFactory, EmbeddingOptions } from './embedding.js';
import { drawVariable, normal } from './initializers.js';
import { assertSizes } from './table-embedding.js';
import type { Parameters } from './types.js';
import { zeroEmbeddings } from './zero-embedding.js';

/** Options of `projectedEmbeddings`. */
export interface ProjectedEmbeddingsOptions {
  /**
   * Factory of the embedding of the ids, which is added to the projection. Default `zeroEmbeddings()`, so that an id
   * without interactions is represented by its features alone; `featureEmbeddings()` adds categorical features.
   */
  readonly vectors?: EmbeddingFactory;
  /** Whether each id has a vector of its own, in addition to the projection of its features. Default true. */
  readonly identity?: boolean;
}

/** Options of `projectedEmbedding`. */
export interface ProjectedEmbeddingOptions extends EmbeddingOptions, ProjectedEmbeddingsOptions {}

/** An embedding with a projection of dense features. */
export interface ProjectedEmbedding extends Embedding {
  /** `projection` `[feature, dim]` is W; `own` are the parameters of the embedding of the ids. */
  readonly parameters: Parameters & { readonly projection: tf.Variable<tf.Rank.R2> };
}

/**
 * Projected embedding: the vector of an id is a learned linear projection of its dense features, such as the embedding
 * of an image or a text, plus a vector of its own.
 *
 * $$ e_{id} = E_{id} + W \frac{v_{id}}{s}, \qquad s = \sqrt{\text{mean}_{id} \|v_{id}\|^2} $$
 *
 * $v_{id}$ are the features of an id, which stay constant, $W$ is the projection, $E_{id}$ the vector of the id, and s
 * the root mean square length of the features, so that their unit has no effect. The entries of W start with the
 * standard deviation 1 / `dim`.
 *
 * Differs from the papers: VBPR keeps $E_{id}$ and the projection in separate parts of the vector; it has a bias from
 * the features too.
 *
 * @example
 * const denseFeatures = { dim: 3, values: new Float32Array(7 * 3) };
 * projectedEmbedding({ count: 7, dim: 5, rng, denseFeatures }).apply(ids) // [batch] → [batch, 5]
 * @shape ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `denseFeatures` is missing or has another number of rows than `count`;
 *   `not-finite` if a feature is NaN or infinite
 * @source He and McAuley, AAAI 2016, https://arxiv.org/abs/1510.01784 (VBPR); Kula, CBRecSys 2015,
 *   https://arxiv.org/abs/1507.08439 (sum of features)
 */
export function projectedEmbedding({
  count,
  dim,
  rng,
  features,
  denseFeatures,
  vectors = zeroEmbeddings(),
  identity = true,
}: ProjectedEmbeddingOptions): ProjectedEmbedding {
  assertSizes('projectedEmbedding', count, dim);
  const rescaled = scaleFeatures('projectedEmbedding', count, denseFeatures);
  const own = identity
    ? vectors.create({ count, dim, rng: rng.fork('own'), ...omitUndefined({ features }) })
    : undefined;
  const projection = drawVariable<tf.Rank.R2>([rescaled.dim, dim], normal({ deviation: 1 / dim }), rng);
  const project = (rows: tf.Tensor2D) => tf.matMul(rows, projection); // [id, dim]
  return {
    parameters: { projection, ...(own && { own: own.parameters }) },
    isShared: own?.isShared ?? true,
    apply: (ids) =>
      tf.tidy(() => {
        const projected = tf.reshape(project(rescaled.gather(ids)), [...ids.shape, dim]);
        return own ? tf.add(projected, own.apply(ids)) : projected;
      }),
    all: () =>
      tf.tidy(() => (own ? tf.add(project(rescaled.all()), own.all()) : project(rescaled.all())) as tf.Tensor2D),
  };
}

/**
 * Embedding factory that creates a `projectedEmbedding` for a model, with the item vectors of the dataset.
 *
 * @example
 * factorization({ dim: 32, itemEmbedding: projectedEmbeddings() })
 */
export function projectedEmbeddings({
  vectors = zeroEmbeddings(),
  identity = true,
}: ProjectedEmbeddingsOptions = {}): EmbeddingFactory {
  return {
    name: `projected(${[vectors.name, ...(identity ? [] : ['no identity'])].join(', ')})`,
    protocol: { name: 'projected', vectors: vectors.protocol, identity },
    create: (options) => projectedEmbedding({ ...options, vectors, identity }),
  };
}

/** Dense features in units of their root mean square length. */
export interface ScaledFeatures {
  readonly dim: number;
  /** Returns the features of these ids. @shape ids `[...]` → `[id, feature]` */
  gather(ids: tf.Tensor): tf.Tensor2D;
  /** @shape `[count, feature]` */
  all(): tf.Tensor2D;
}

/** Checks dense features and divides them by their root mean square length. */
export function scaleFeatures(where: string, count: number, features: DenseFeatures | undefined): ScaledFeatures {
  assertInteger(`${where}(count)`, count);
  const { dim, values } =
    features ??
    invalid(`${where}(denseFeatures)`, 'vectors of the ids', 'none', 'Choose a dataset with itemVectors().');
  if (dim < 1 || values.length !== count * dim)
    invalid(`${where}(denseFeatures)`, `${count} vectors of ${dim} numbers`, `${values.length} numbers`);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new RecsysError(
      'not-finite',
      `${where}(denseFeatures): expected finite numbers, received ${values[wrong]} for id ${Math.floor(wrong / dim)}.`,
    );
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  const length = Math.sqrt(squares / count) || 1;
  const rows = values.map((value) => value / length);
  return {
    dim,
    gather(ids) {
      const flat = ids.dataSync() as Int32Array;
      const chosen = new Float32Array(flat.length * dim);
      for (const [at, id] of flat.entries()) {
        if (!(id >= 0 && id < count)) invalid(`${where}(ids)`, `ids from 0 to ${count - 1}`, `${id} at position ${at}`);
        chosen.set(rows.subarray(id * dim, (id + 1) * dim), at * dim);
      }
      return tf.tensor2d(chosen, [flat.length, dim]);
    },
    all: () => tf.tensor2d(rows.slice(), [count, dim]),
  };
}
