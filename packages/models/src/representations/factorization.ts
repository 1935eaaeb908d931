import { assertInteger } from '@footlight/core';
import { type EmbeddingFactory, scaledEmbeddings, zeroEmbedding } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { Network, Representation } from '../types.js';
import { createEmbeddings } from './create-embeddings.js';
import { type FoldInOptions, foldIn, resolveFoldIn } from './fold-in.js';
import { createCatalogueProduct, scoreItems } from './score-items.js';

export interface FactorizationOptions {
  /** Length of the vectors of users and items, biases not counted. */
  readonly dim: number;
  /** One learned number per user and per item that is added to their product. Default true. */
  readonly biases?: boolean;
  /** One learned number that is added to every score and starts at the mean of the training ratings, for rating losses. Default false. */
  readonly globalMean?: boolean;
  /** Vectors of users. Default `scaled()`: one row per user, drawn from N(0, 1/dim²). */
  readonly userEmbedding?: EmbeddingFactory;
  /** Vectors of items. Default `scaled()`. */
  readonly itemEmbedding?: EmbeddingFactory;
  /** How people are answered who are known by a history alone. Does not change training. */
  readonly foldIn?: FoldInOptions;
}

/**
 * Bilinear factorization: users and items are vectors, and those that point the same way belong together.
 *
 * $$ s_{ui} = p_u \cdot q_i + b_u + b_i \; (+ \mu) $$
 *
 * `encode` appends the user's bias and μ to the user's vector: `[batch, 1, dim + 1]`, with neither `[batch, 1, dim]`.
 *
 * @example
 * factorization({ dim: 64 }).build({ userCount: 943, itemCount: 1682 }, createRng(42))
 * @throws {RecsysError} `invalid-argument` if `dim` is not a positive integer
 * @source Koren, Bell, Volinsky, Computer 42(8), 2009, https://doi.org/10.1109/MC.2009.263
 */
export function factorization(options: FactorizationOptions): Representation {
  const {
    dim,
    biases = true,
    globalMean = false,
    userEmbedding = scaledEmbeddings(),
    itemEmbedding = scaledEmbeddings(),
  } = options;
  assertInteger('factorization(dim)', dim);
  const folding = resolveFoldIn(options.foldIn);
  return {
    kind: 'representation',
    name: `factorization(${dim})`,
    protocol: {
      name: 'factorization',
      dim,
      biases,
      ...(globalMean ? { globalMean } : {}),
      userEmbedding: userEmbedding.protocol,
      itemEmbedding: itemEmbedding.protocol,
      foldIn: { confidence: folding.confidence, regularisation: folding.regularization },
    },
    reads: 'user',
    build(facts, rng): Network {
      const { userCount, itemCount, ratingMean = 0 } = facts;
      const { user, item } = createEmbeddings(
        facts,
        { user: { embedding: userEmbedding, dim }, item: { embedding: itemEmbedding, dim } },
        rng,
      );
      const bias = biases
        ? { user: zeroEmbedding({ count: userCount, dim: 1 }), item: zeroEmbedding({ count: itemCount, dim: 1 }) }
        : undefined;
      const mean = globalMean ? tf.tidy(() => tf.variable(tf.tensor1d([ratingMean]))) : undefined;
      const offsetOf = (users: tf.Tensor): tf.Tensor | undefined =>
        sumOf(bias?.user.apply(users), mean && tf.tile(tf.expandDims(mean, 0), [users.size, 1])); // [batch, 1]
      return {
        reads: 'user',
        parameters: {
          user: user.parameters,
          item: item.parameters,
          ...(bias ? { userBias: bias.user.parameters, itemBias: bias.item.parameters } : {}),
          ...(mean ? { mean } : {}),
        },
        encode({ users }) {
          const vectors = user.apply(users); // [batch, dim]
          const offset = offsetOf(users); // [batch, 1]
          return { vectors: tf.expandDims(offset ? tf.concat([vectors, offset], 1) : vectors, 1) as tf.Tensor3D };
        },
        score(vectors, candidates) {
          if (!bias && !mean) return scoreItems(vectors, item, undefined, candidates);
          const [taste, offset] = tf.split(vectors, [dim, 1], 1) as [tf.Tensor2D, tf.Tensor2D]; // [query, dim], [query, 1]
          return tf.add(scoreItems(taste, item, bias?.item, candidates), offset);
        },
        ...(user.table && item.table && !mean
          ? {
              bilinear: {
                user: user.table,
                item: item.table,
                ...(bias ? { userBias: bias.user.table, itemBias: bias.item.table } : {}),
              },
            }
          : {}),
        catalogue() {
          const { table, ...rest } = createCatalogueProduct(item, bias?.item);
          // The user's part of a score counts for all items alike.
          return { table: bias || mean ? tf.concat([table, tf.ones([itemCount, 1])], 1) : table, ...rest };
        },
        itemVectors: () => item.all(),
        foldIn: (history) =>
          tf.tidy(() => {
            const vectors = item.all(); // [item, dim]
            const gram = tf.matMul(vectors, vectors, true, false); // [dim, dim]
            const taste = foldIn(
              { dim, vectors: vectors.dataSync() as Float32Array, gram: gram.dataSync() as Float32Array },
              history,
              folding,
            );
            const own = bias || mean ? [mean?.dataSync()[0] ?? 0] : []; // a bias of one's own moves all items alike
            return tf.tensor2d([[...taste, ...own]]);
          }),
      };
    },
  };
}

/** The sum of what is there. */
function sumOf(one: tf.Tensor | undefined, other: tf.Tensor | undefined): tf.Tensor | undefined {
  return one && other ? tf.add(one, other) : (one ?? other);
}
