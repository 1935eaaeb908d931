import { omitUndefined } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { CatalogueProduct, Histories, Network, Queries, Reads, Scorer, ScorerParts } from '@footlight/models';
import { toModelInput, toQueries } from './model-input.js';

/** A trained model as functions from queries to scores. */
export interface Predictor extends ScorerParts {
  readonly reads: Reads;
  /** @returns scores `[batch, candidate]` of these items `[batch, candidate]` alone */
  scoreCandidates(queries: Queries, candidates: tf.Tensor2D): tf.Tensor2D;
  /** How users whom the model was not trained on are scored by their history, or why they are not. */
  readonly histories: Histories;
  /** The two steps of `score`; present for models that encode users as vectors. */
  readonly steps?: {
    /** @returns `[batch, dim]` */
    vectors(queries: Queries): tf.Tensor2D;
    /** @shape vectors `[query, dim]` → `[query, item]` */
    score(vectors: tf.Tensor2D): tf.Tensor2D;
  };
  /** The two factors of the scores; present if scores are products. */
  readonly products?: {
    /** @returns `[batch, dim]` */
    vectors(queries: Queries): tf.Tensor2D;
    catalogue(): CatalogueProduct;
  };
}

/** Creates the predictor of a network, which scores by the vector after the last step. */
export function createPredictor(network: Network): Predictor {
  const { reads, parameters } = network;
  const encodeLast = (queries: Queries): tf.Tensor2D => {
    const { vectors } = network.encode(queries); // [batch, time, dim]
    const [batch, time, dim] = vectors.shape;
    return tf.reshape(tf.slice(vectors, [0, time - 1, 0], [batch, 1, dim]), [batch, dim]);
  };
  const score = (queries: Queries): tf.Tensor2D => tf.tidy(() => network.score(encodeLast(queries)));
  return {
    reads,
    parameters,
    score,
    scoreCandidates: (queries, candidates) => tf.tidy(() => network.score(encodeLast(queries), candidates)),
    steps: {
      vectors: (queries) => tf.tidy(() => encodeLast(queries)),
      score: (vectors) => tf.tidy(() => network.score(vectors)),
    },
    histories: network.reads === 'user' ? network.histories : readHistories(network.reads, score),
    ...omitUndefined({
      products: network.catalogue && {
        vectors: (queries: Queries) => tf.tidy(() => encodeLast(queries)),
        catalogue: () => network.catalogue!(),
      },
      scoresAnyUser: network.scoresAnyUser,
      itemVectors: network.itemVectors && (() => tf.tidy(() => network.itemVectors!())),
    }),
  };
}

/** Models of histories and baskets read the history of a new user like that of any other. */
function readHistories(reads: Reads, score: (queries: Queries) => tf.Tensor2D): Histories {
  return { score: (items) => tf.tidy(() => score(toQueries(toModelInput([items], reads)))) };
}

/** Creates the predictor of a solver's scorer; scores of candidates are read from those of the whole catalogue. */
export function createScorerPredictor(scorer: Scorer): Predictor {
  return {
    ...scorer,
    scoreCandidates: (queries, candidates) =>
      tf.tidy(() => {
        const [batch, count] = candidates.shape;
        const rows = tf.tile(tf.reshape(tf.range(0, batch, 1, 'int32'), [batch, 1]), [1, count]);
        return tf.gatherND(scorer.score(queries), tf.stack([rows, candidates], 2)) as tf.Tensor2D; // [batch, candidate]
      }),
    histories: scorer.reads === 'user' ? scorer.histories : readHistories(scorer.reads, scorer.score),
  };
}
