import { assertInteger, assertNumber } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters, type EmbeddingFactory, uniformEmbeddings } from '@footlight/layers';
import { createBilinearHistories } from '../fold-in/bilinear-histories.js';
import { describeFoldIn, type FoldInOptions, resolveFoldIn } from '../fold-in/options.js';
import type { Network, Representation } from '../types.js';
import { createEmbeddings } from './create-embeddings.js';
import { normalize } from './normalize.js';

export interface CosineFactorizationOptions {
  /** Length of the vectors of users and items. */
  readonly dim: number;
  /** Factor λ of the penalty on the squares of all entries of both tables, from 0. Default 0. */
  readonly l2?: number;
  /** Embedding of users. Default `uniformEmbeddings()`: first values between −0.05 and 0.05. */
  readonly userEmbedding?: EmbeddingFactory;
  /** Embedding of items. Default `uniformEmbeddings()`. */
  readonly itemEmbedding?: EmbeddingFactory;
  /** How unknown users with a history are folded in. Does not change training. */
  readonly foldIn?: FoldInOptions;
}

/**
 * Cosine factorization: scores an item by the cosine of the user's and the item's vector. With a hinge loss this is
 * metric learning by triplets.
 *
 * $$ s_{ui} = \frac{p_u \cdot q_i}{\|p_u\| \|q_i\|}, \qquad \text{penalty} = \lambda \left( \sum p^2 + \sum q^2 \right) $$
 *
 * where $p_u$ and $q_i$ are the vectors of user u and item i. The penalty covers both tables at every step.
 *
 * @example
 * cosineFactorization({ dim: 64, l2: 1e-6 })
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Weston, Bengio, Usunier, IJCAI 2011 (ranking by triplets); Schroff et al., CVPR 2015,
 *   https://arxiv.org/abs/1503.03832
 */
export function cosineFactorization(options: CosineFactorizationOptions): Representation {
  const { dim, l2 = 0, userEmbedding = uniformEmbeddings(), itemEmbedding = uniformEmbeddings() } = options;
  assertInteger('cosineFactorization(dim)', dim);
  assertNumber('cosineFactorization(l2)', l2, { from: 0 });
  const foldInOptions = resolveFoldIn(options.foldIn);
  return {
    kind: 'representation',
    name: `cosine-factorization(${dim})`,
    protocol: {
      name: 'cosine-factorization',
      dim,
      l2,
      userEmbedding: userEmbedding.protocol,
      itemEmbedding: itemEmbedding.protocol,
      foldIn: describeFoldIn(foldInOptions),
    },
    reads: 'user',
    build(data, rng): Network {
      const { user, item } = createEmbeddings(
        data,
        { user: { embedding: userEmbedding, dim }, item: { embedding: itemEmbedding, dim } },
        rng,
      );
      const parameters = { user: user.parameters, item: item.parameters };
      const score: Network['score'] = (vectors, candidates) => {
        if (!candidates) return tf.matMul(vectors, normalize(item.all()), false, true);
        return tf.sum(tf.mul(normalize(item.apply(candidates)), tf.expandDims(vectors, 1)), 2); // [query, candidate]
      };
      return {
        reads: 'user',
        parameters,
        encode({ users }, training) {
          const vectors = tf.expandDims(normalize(user.apply(users)), 1) as tf.Tensor3D; // [batch, 1, dim]
          if (!training || l2 === 0) return { vectors };
          const squares = tf.addN([...collectParameters(parameters).values()].map((table) => tf.sum(tf.square(table))));
          return { vectors, penalty: tf.mul(tf.ones([users.size]), tf.mul(l2, squares)) as tf.Tensor1D };
        },
        score,
        catalogue: () => ({ table: normalize(item.all()) }),
        itemVectors: () => item.all(),
        histories: createBilinearHistories(
          {
            users: () => ({ vectors: normalize(user.all()) }),
            items: () => ({ vectors: normalize(item.all()) }),
            trainedUsers: data.trainedUsers,
            rates: false, // a cosine is not linear in the vector of the user
            score: (vector) => score(normalize(vector)),
          },
          foldInOptions,
        ),
      };
    },
  };
}
