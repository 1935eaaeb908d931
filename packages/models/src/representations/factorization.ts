import { assertInteger, omitUndefined } from '@footlight/core';
import { tf } from '@footlight/engine';
import {
  type Embedding,
  type EmbeddingFactory,
  scaledEmbeddings,
  type TableEmbedding,
  zeroEmbedding,
} from '@footlight/layers';
import { createBilinearHistories } from '../fold-in/bilinear-histories.js';
import { describeFoldIn, type FoldInOptions, resolveFoldIn } from '../fold-in/options.js';
import type { BilinearTables, Network, Representation } from '../types.js';
import { createEmbeddings } from './create-embeddings.js';
import { createCatalogueProduct, scoreItems } from './score-items.js';

export interface FactorizationOptions {
  /** Length of the vectors of users and items, biases not counted. */
  readonly dim: number;
  /** Whether a learned bias per user and per item is added to their product. Default true. */
  readonly biases?: boolean;
  /**
   * Whether a learned global bias μ is added to every score, for rating losses; it starts at the mean of the training
   * ratings. Default false.
   */
  readonly globalMean?: boolean;
  /** Embedding of users. Default `scaledEmbeddings()`: one row per user, drawn from N(0, 1/dim²). */
  readonly userEmbedding?: EmbeddingFactory;
  /** Embedding of items. Default `scaledEmbeddings()`. */
  readonly itemEmbedding?: EmbeddingFactory;
  /** How unknown users with a history are folded in. Does not change training. */
  readonly foldIn?: FoldInOptions;
}

/**
 * Matrix factorization: scores an item by the dot product of the user's and the item's vector, plus biases.
 *
 * $$ s_{ui} = p_u \cdot q_i + b_u + b_i \; (+ \mu) $$
 *
 * where $p_u$ and $q_i$ are the vectors and $b_u$ and $b_i$ the biases of user u and item i, and μ is the global bias.
 * `encode` appends $b_u + \mu$ to the user's vector: `[batch, 1, dim + 1]`; without biases and μ, `[batch, 1, dim]`.
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
  const foldInOptions = resolveFoldIn(options.foldIn);
  return {
    kind: 'representation',
    name: `factorization(${dim})`,
    protocol: {
      name: 'factorization',
      dim,
      biases,
      ...omitUndefined({ globalMean: globalMean || undefined }),
      userEmbedding: userEmbedding.protocol,
      itemEmbedding: itemEmbedding.protocol,
      foldIn: describeFoldIn(foldInOptions),
    },
    reads: 'user',
    build(data, rng): Network {
      const { userCount, itemCount, ratingMean = 0 } = data;
      const { user, item } = createEmbeddings(
        data,
        { user: { embedding: userEmbedding, dim }, item: { embedding: itemEmbedding, dim } },
        rng,
      );
      const bias = biases
        ? { user: zeroEmbedding({ count: userCount, dim: 1 }), item: zeroEmbedding({ count: itemCount, dim: 1 }) }
        : undefined;
      const mean = globalMean ? tf.tidy(() => tf.variable(tf.tensor1d([ratingMean]))) : undefined;
      const computeOffset = (users: tf.Tensor): tf.Tensor | undefined =>
        addPresent(bias?.user.apply(users), mean && tf.tile(tf.expandDims(mean, 0), [users.size, 1])); // [batch, 1]
      const score: Network['score'] = (vectors, candidates) => {
        if (!bias && !mean) return scoreItems(vectors, item, undefined, candidates);
        // [query, dim], [query, 1]
        const [userVectors, offset] = tf.split(vectors, [dim, 1], 1) as [tf.Tensor2D, tf.Tensor2D];
        return tf.add(scoreItems(userVectors, item, bias?.item, candidates), offset);
      };
      return {
        reads: 'user',
        parameters: {
          user: user.parameters,
          item: item.parameters,
          ...omitUndefined({ userBias: bias?.user.parameters, itemBias: bias?.item.parameters, mean }),
        },
        encode({ users }, training) {
          const vectors = user.apply(users); // [batch, dim]
          const shared = computeOffset(users); // [batch, 1]
          const offset = training?.comparesScores && shared ? tf.mul(shared, 0) : shared; // with a gradient of zero
          return { vectors: tf.expandDims(offset ? tf.concat([vectors, offset], 1) : vectors, 1) as tf.Tensor3D };
        },
        score,
        ...omitUndefined({ bilinear: mean ? undefined : createTables(user, item, bias) }),
        catalogue() {
          const { table, ...rest } = createCatalogueProduct(item, bias?.item);
          // The last number of a user's vector is the user's offset, which is the same for all items.
          return { table: bias || mean ? tf.concat([table, tf.ones([itemCount, 1])], 1) : table, ...rest };
        },
        itemVectors: () => item.all(),
        histories: createBilinearHistories(
          {
            users: () => ({ vectors: user.all(), offsets: bias?.user.table }),
            items: () => ({ vectors: item.all(), offsets: bias?.item.table }),
            trainedUsers: data.trainedUsers,
            mean,
            rates: true,
            score: (vector, offset) => score(bias || mean ? tf.concat([vector, [[offset]]], 1) : vector),
          },
          foldInOptions,
        ),
      };
    },
  };
}

/** Adds the tensors that are present. */
function addPresent(one: tf.Tensor | undefined, other: tf.Tensor | undefined): tf.Tensor | undefined {
  return one && other ? tf.add(one, other) : (one ?? other);
}

/** The tables of the product, if each id has a row of its own. */
function createTables(
  user: Embedding,
  item: Embedding,
  bias?: { readonly user: TableEmbedding; readonly item: TableEmbedding },
): BilinearTables | undefined {
  if (!user.table || !item.table) return undefined;
  const biases = { userBias: bias?.user.table, itemBias: bias?.item.table };
  return { user: user.table, item: item.table, ...omitUndefined(biases) };
}
