import type { Batch } from '@footlight/datasets';
import type { SparseRows } from '@footlight/engine';
import type { CatalogueProduct, Network, Queries, Reads, Scorer } from '@footlight/models';
import * as tf from '@tensorflow/tfjs';

/** A trained model as functions from queries to scores. */
export interface Predictor extends Scorer {
  /** @returns scores [batch, candidate] of these items [batch, candidate] alone */
  scoreCandidates(queries: Queries, candidates: tf.Tensor2D): tf.Tensor2D;
  /** @returns scores [1, item] for somebody known only by these items, oldest first; absent where the model has no notion of it */
  scoreHistory?(history: Int32Array): tf.Tensor2D;
  /** Present where scores are products: their parts. */
  readonly products?: {
    /** @returns [batch, dim] */
    vectors(queries: Queries): tf.Tensor2D;
    catalogue(): CatalogueProduct;
  };
  /** Vectors of the items [item, dim], for similarity. */
  itemVectors?(): tf.Tensor2D;
}

/** A network judged by its vector after the last step. */
export function createPredictor(network: Network): Predictor {
  const { reads, parameters } = network;
  const last = (queries: Queries): tf.Tensor2D => {
    const { vectors } = network.encode(queries); // [batch, time, dim]
    const [batch, time, dim] = vectors.shape;
    return tf.reshape(tf.slice(vectors, [0, time - 1, 0], [batch, 1, dim]), [batch, dim]);
  };
  return {
    reads,
    parameters,
    score: (queries) => tf.tidy(() => network.score(last(queries))),
    scoreCandidates: (queries, candidates) => tf.tidy(() => network.score(last(queries), candidates)),
    ...historyOf(network),
    ...(network.catalogue
      ? { products: { vectors: (queries) => tf.tidy(() => last(queries)), catalogue: () => network.catalogue!() } }
      : {}),
    ...(network.itemVectors ? { itemVectors: () => tf.tidy(() => network.itemVectors!()) } : {}),
  };
}

function historyOf(network: Network): Pick<Predictor, 'scoreHistory'> {
  const { reads } = network;
  if (reads !== 'user')
    return {
      scoreHistory: (history) =>
        tf.tidy(() => createPredictor(network).score(toQueries(toModelInput([history], reads)))),
    };
  return network.foldIn ? { scoreHistory: (history) => tf.tidy(() => network.score(network.foldIn!(history))) } : {};
}

/** A solved model; candidates are picked out of the whole catalogue. */
export function createScorerPredictor(scorer: Scorer): Predictor {
  return {
    ...scorer,
    scoreCandidates: (queries, candidates) =>
      tf.tidy(() => {
        const [batch, count] = candidates.shape;
        const rows = tf.tile(tf.reshape(tf.range(0, batch, 1, 'int32'), [batch, 1]), [1, count]);
        return tf.gatherND(scorer.score(queries), tf.stack([rows, candidates], 2)) as tf.Tensor2D; // [batch, candidate]
      }),
    scoreHistory: (history) => tf.tidy(() => scorer.score(toQueries(toModelInput([history], scorer.reads)))),
  };
}

/** Histories of items, oldest first, as the rows of a batch: whole ones as baskets, or the last steps, padded on the left. */
export function toModelInput(
  histories: readonly Int32Array[],
  reads: Reads,
  users: Int32Array = new Int32Array(histories.length),
): ModelInput {
  const time = typeof reads === 'object' ? reads.history : 1;
  const past = {
    time,
    users,
    history: new Int32Array(histories.length * time),
    mask: new Float32Array(histories.length * time),
  };
  if (reads === 'user') return past;
  if (reads === 'basket') return { ...past, baskets: setsOf(histories) };
  histories.forEach((items, row) => {
    const recent = items.subarray(Math.max(0, items.length - time));
    const start = (row + 1) * time - recent.length;
    past.history.set(recent, start);
    past.mask.fill(1, start, (row + 1) * time);
  });
  return past;
}

/** Histories one after the other, each item of one once. */
function setsOf(histories: readonly Int32Array[]): SparseRows {
  const sets = histories.map((items) => [...new Set(items)]);
  const offsets = new Int32Array(sets.length + 1);
  for (const [row, items] of sets.entries()) offsets[row + 1] = offsets[row]! + items.length;
  return { offsets, ids: Int32Array.from(sets.flat()) };
}

/** Users and what they did before, without targets. */
export interface ModelInput extends Pick<Batch, 'time' | 'users' | 'history' | 'mask'> {
  /** For models that read baskets. */
  readonly baskets?: SparseRows;
}

export function toQueries({ users, history, mask, time, baskets }: ModelInput): Queries {
  const shape: [number, number] = [users.length, time];
  return {
    users: tf.tensor1d(users, 'int32'),
    history: tf.tensor2d(history, shape, 'int32'),
    mask: tf.tensor2d(mask, shape),
    ...(baskets ? { baskets } : {}),
  };
}
