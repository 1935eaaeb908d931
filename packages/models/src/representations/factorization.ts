import { assertInteger } from '@footlight/core';
import { type EmbeddingFactory, scaled, zeroEmbedding } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import type { DataFacts, Network, Representation } from '../types.js';
import { type FoldInOptions, foldIn, foldInOptions } from './fold-in.js';
import { itemScores } from './item-scores.js';

export interface FactorizationOptions {
  /** Length of the vectors of users and items, biases not counted. */
  readonly dim: number;
  /** One learned number per user and per item that is added to their product. Default true. */
  readonly biases?: boolean;
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
 * $$ s_{ui} = p_u \cdot q_i + b_u + b_i $$
 *
 * `encode` appends the user's bias to the user's vector: `[batch, 1, dim + 1]`, without biases `[batch, 1, dim]`.
 *
 * @example
 * factorization({ dim: 64 }).build({ userCount: 943, itemCount: 1682 }, createRng(42))
 * @throws {RecsysError} `invalid-argument` if `dim` is not a positive integer
 * @source Koren, Bell, Volinsky, Computer 42(8), 2009, https://doi.org/10.1109/MC.2009.263
 */
export function factorization(options: FactorizationOptions): Representation {
  const { dim, biases = true, userEmbedding = scaled(), itemEmbedding = scaled() } = options;
  assertInteger('factorization(dim)', dim);
  const folding = foldInOptions(options.foldIn);
  return {
    kind: 'representation',
    name: `factorization(${dim})`,
    protocol: {
      name: 'factorization',
      dim,
      biases,
      userEmbedding: userEmbedding.protocol,
      itemEmbedding: itemEmbedding.protocol,
      foldIn: { ...folding },
    },
    reads: 'user',
    build({ userCount, itemCount }: DataFacts, rng): Network {
      const user = userEmbedding.create({ count: userCount, dim, rng: rng.fork('user') });
      const item = itemEmbedding.create({ count: itemCount, dim, rng: rng.fork('item') });
      const bias = biases
        ? { user: zeroEmbedding({ count: userCount, dim: 1 }), item: zeroEmbedding({ count: itemCount, dim: 1 }) }
        : undefined;
      return {
        reads: 'user',
        parameters: {
          user: user.parameters,
          item: item.parameters,
          ...(bias ? { userBias: bias.user.parameters, itemBias: bias.item.parameters } : {}),
        },
        encode({ users }) {
          const vectors = user.apply(users); // [batch, dim]
          return { vectors: tf.expandDims(bias ? tf.concat([vectors, bias.user.apply(users)], 1) : vectors, 1) };
        },
        score(vectors, candidates) {
          if (!bias) return itemScores(vectors, item, undefined, candidates);
          const [taste, offset] = tf.split(vectors, [dim, 1], 1) as [tf.Tensor2D, tf.Tensor2D]; // [query, dim], [query, 1]
          return tf.add(itemScores(taste, item, bias.item, candidates), offset);
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
            return tf.tensor2d([[...taste, ...(bias ? [0] : [])]]); // a bias of one's own moves all items alike
          }),
      };
    },
  };
}
