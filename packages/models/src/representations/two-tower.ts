import { assertChoice, assertInteger, assertNumber, omitUndefined } from '@footlight/core';
import { selectColumns, tf } from '@footlight/engine';
import { type EmbeddingFactory, scaledEmbeddings, type Training } from '@footlight/layers';
import type { Network, Representation } from '../types.js';
import { createEmbeddings } from './create-embeddings.js';
import { assertTower, createTower, type Tower } from './tower.js';

export interface TwoTowerOptions {
  /** Length of the vectors that the towers return. */
  readonly dim: number;
  /** Length of the embeddings that the towers read. Default `dim`. */
  readonly inputDim?: number;
  /** Units of each hidden layer of both towers, whose activation is the rectifier. Default `[2 · dim]`. */
  readonly hidden?: readonly number[];
  /** Dropout rate of the input of every dense layer while training, from 0 to below 1. Default 0. */
  readonly dropout?: number;
  /** Whether an item is scored by the dot product or the cosine. Default `dot`. */
  readonly similarity?: 'dot' | 'cosine';
  /** Divides the scores, above 0. Default 1; for cosines 0.1. */
  readonly temperature?: number;
  /**
   * Embedding of users, e.g. `featureEmbeddings({ identity: false })` for their features without ids. Default
   * `scaledEmbeddings()`: their ids.
   */
  readonly userEmbedding?: EmbeddingFactory;
  /** Embedding of items, likewise. */
  readonly itemEmbedding?: EmbeddingFactory;
}

/**
 * Two-tower model: a multilayer perceptron for users and one for items, whose vectors are compared.
 *
 * $$ s_{ui} = \frac{f(e_u) \cdot g(e_i)}{\tau} $$
 *
 * where $e_u$ and $e_i$ are the embeddings of user u and item i, f and g are the towers, and τ is the temperature; with
 * `similarity: 'cosine'` the vectors of the towers have length 1. Train it with `sampledSoftmaxLoss({ correction:
 * 'log-q' })`.
 *
 * With embeddings of features alone, users and items without interactions are scored like all others.
 *
 * @example
 * twoTower({ dim: 64, itemEmbedding: featureEmbeddings({ identity: false }) })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Yi et al., RecSys 2019, https://doi.org/10.1145/3298689.3346996
 */
export function twoTower(options: TwoTowerOptions): Representation {
  const { dim, inputDim = dim, hidden = [2 * dim], dropout = 0, similarity = 'dot' } = options;
  const { temperature = similarity === 'cosine' ? 0.1 : 1 } = options;
  const { userEmbedding = scaledEmbeddings(), itemEmbedding = scaledEmbeddings() } = options;
  const towers = { hidden, dim, dropout, normalized: similarity === 'cosine' };
  assertTower('twoTower', towers);
  assertInteger('twoTower(inputDim)', inputDim);
  assertChoice('twoTower(similarity)', similarity, ['dot', 'cosine']);
  assertNumber('twoTower(temperature)', temperature, { above: 0 });
  const own = { dim, inputDim, hidden: [...hidden], dropout, similarity, temperature };
  return {
    kind: 'representation',
    name: `two-tower(${[...hidden, dim].join(', ')})`,
    protocol: {
      name: 'two-tower',
      ...own,
      userEmbedding: userEmbedding.protocol,
      itemEmbedding: itemEmbedding.protocol,
    },
    reads: 'user',
    build(data, rng): Network {
      const { itemCount } = data;
      const embeddings = createEmbeddings(
        data,
        { user: { embedding: userEmbedding, dim: inputDim }, item: { embedding: itemEmbedding, dim: inputDim } },
        rng,
      );
      const user = createTower(embeddings.user, inputDim, towers, rng.fork('userTower'));
      const item = createTower(embeddings.item, inputDim, towers, rng.fork('itemTower'));
      return {
        reads: 'user',
        parameters: { user: user.parameters, item: item.parameters },
        ...omitUndefined({ scoresAnyUser: embeddings.user.isShared ? (true as const) : undefined }),
        encode: ({ users }, training) => ({
          vectors: tf.expandDims(tf.div(user.apply(users, training), temperature), 1) as tf.Tensor3D, // [batch, 1, dim]
        }),
        score: (vectors, candidates, training) =>
          candidates
            ? scoreListed(item, vectors, candidates, training)
            : tf.matMul(vectors, training ? applyToAll(item, itemCount, training) : item.all(itemCount), false, true),
        catalogue: () => ({ table: item.all(itemCount) }),
        itemVectors: () => item.all(itemCount),
        histories: { refusal: 'a two-tower model reads the id or the features of a user, not the history' },
      };
    },
  };
}

const applyToAll = (item: Tower, itemCount: number, training: Training): tf.Tensor2D =>
  item.apply(tf.range(0, itemCount, 1, 'int32'), training);

/** Scores listed items; each passes the tower once, however often it is listed. @returns `[query, candidate]` */
function scoreListed(
  item: Tower,
  vectors: tf.Tensor2D,
  candidates: tf.Tensor2D,
  training: Training | undefined,
): tf.Tensor2D {
  const ids = candidates.dataSync() as Int32Array;
  const places = new Map<number, number>();
  const columns = ids.map((id) => {
    const known = places.get(id);
    if (known !== undefined) return known;
    places.set(id, places.size);
    return places.size - 1;
  });
  const different = item.apply(tf.tensor1d(Int32Array.from(places.keys()), 'int32'), training); // [different, dim]
  const products = tf.matMul(vectors, different, false, true) as tf.Tensor2D; // [query, different]
  return selectColumns(products, tf.tensor2d(columns, candidates.shape, 'int32'));
}
