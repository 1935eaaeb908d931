import { omitUndefined } from '@footlight/core';
import type { CatalogueProduct, Network, Queries, Scorer } from '@footlight/models';
import * as tf from '@tensorflow/tfjs';
import { toModelInput, toQueries } from './model-input.js';

/** A trained model as functions from queries to scores. */
export interface Predictor extends Scorer {
  /** @returns scores `[batch, candidate]` of these items `[batch, candidate]` alone */
  scoreCandidates(queries: Queries, candidates: tf.Tensor2D): tf.Tensor2D;
  /**
   * Present if the model can score a user that it was not trained on.
   *
   * @returns scores `[1, item]` for a user with these items, oldest first
   */
  scoreHistory?(history: Int32Array): tf.Tensor2D;
  /** The two factors of the scores; present if scores are products. */
  readonly products?: {
    /** @returns `[batch, dim]` */
    vectors(queries: Queries): tf.Tensor2D;
    catalogue(): CatalogueProduct;
  };
  /** Vectors of the items `[item, dim]`, for similarity. */
  itemVectors?(): tf.Tensor2D;
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
    ...omitUndefined({
      scoreHistory: createHistoryScorer(network, score),
      products: network.catalogue && {
        vectors: (queries: Queries) => tf.tidy(() => encodeLast(queries)),
        catalogue: () => network.catalogue!(),
      },
      itemVectors: network.itemVectors && (() => tf.tidy(() => network.itemVectors!())),
    }),
  };
}

/** Models of histories read the history; models of user ids fold it in, if they can. */
function createHistoryScorer(
  network: Network,
  score: (queries: Queries) => tf.Tensor2D,
): Predictor['scoreHistory'] | undefined {
  const { reads } = network;
  if (reads !== 'user') return (history) => tf.tidy(() => score(toQueries(toModelInput([history], reads))));
  return network.foldIn && ((history) => tf.tidy(() => network.score(network.foldIn!(history))));
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
    ...omitUndefined({
      scoreHistory: scorer.knownUsersOnly
        ? undefined
        : (history: Int32Array) => tf.tidy(() => scorer.score(toQueries(toModelInput([history], scorer.reads)))),
    }),
  };
}
