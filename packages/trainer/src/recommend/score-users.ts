import { isPage } from '@footlight/core';
import type { Catalogue } from '@footlight/datasets';
import { hasFusedRanking, tf } from '@footlight/engine';
import { chooseBatchSize } from '../evaluate/choose-batch-size.js';
import { readTensor } from '../evaluate/read-tensor.js';
import { type BestItems, findBest } from './find-best.js';
import { toModelInput, toQueries } from './model-input.js';
import type { Predictor } from './predictor.js';
import type { DenseHistory } from './score-history.js';

/** A user's items, and scores of the whole catalogue `[item]`, or why there are none. */
export interface ScoredUser {
  readonly history: Int32Array;
  readonly scores: Float32Array;
  readonly refusal?: string;
}

export interface UserScorer {
  /** Users per batch, so that scores of a batch fit into 16 MB. */
  readonly batchSize: number;
  /** Scores users, and histories if the model reads them, in one batch. */
  score(queries: readonly (number | Int32Array)[]): Promise<ScoredUser[]>;
  /** Queries per call of `findBest`. */
  readonly listsPerBatch: number;
  /** Reads the items of a user or a history. */
  readHistory(query: number | Int32Array): Int32Array;
  /** Whether `findBest` takes a query, on the backend in use. */
  canFindBest(query: number | Int32Array): boolean;
  /** Finds the best items of queries in one kernel, without scores of the whole catalogue. */
  findBest(queries: readonly (number | Int32Array)[], hidden: readonly Int32Array[], top: number): BestItems[];
  /** Pairs per batch. */
  readonly pairsPerBatch: number;
  /** The score of one item for each user. */
  scorePairs(pairs: readonly (readonly [user: number, item: number])[]): Promise<{ score: number; refusal?: string }[]>;
}

/** Users with interactions whom a model of user ids was not trained on. */
export interface UntrainedUsers {
  has(user: number): boolean;
  /** Reads the history of one of them. */
  readHistory(user: number): DenseHistory;
}

/**
 * Creates the scorer of the users of a catalogue. A model of user ids has learned nothing about a user without
 * interactions, or about one of `untrained`; their histories are folded in.
 */
export function createUserScorer(
  predictor: Predictor,
  { itemCount }: Catalogue,
  readHistory: (user: number) => Int32Array,
  scoreHistory: (history: DenseHistory) => Float32Array,
  untrained: UntrainedUsers,
): UserScorer {
  const { reads, histories, products } = predictor;
  const isStranger = (query: number | Int32Array): query is number =>
    typeof query === 'number' && reads === 'user' && (readHistory(query).length === 0 || untrained.has(query));
  const toHistory = (query: number | Int32Array) => (typeof query === 'number' ? readHistory(query) : query);
  const toInput = (queries: readonly (number | Int32Array)[]) =>
    toModelInput(
      queries.map(toHistory),
      reads,
      Int32Array.from(queries, (query) => (typeof query === 'number' ? query : 0)),
    );
  const scoreStranger = (user: number): { readonly scores: Float32Array; readonly refusal?: string } => {
    if (histories.refusal === undefined) return { scores: scoreHistory(untrained.readHistory(user)) };
    const refusal = untrained.has(user) ? 'a user whom it was not trained on' : 'a user without interactions';
    return { scores: new Float32Array(0), refusal };
  };
  return {
    batchSize: chooseBatchSize(reads, itemCount),
    async score(queries) {
      const served = queries.filter((query) => !isStranger(query));
      const scores =
        served.length === 0 ? new Float32Array(0) : await readTensor(() => predictor.score(toQueries(toInput(served))));
      let row = 0;
      return queries.map((query) => {
        const history = toHistory(query);
        if (isStranger(query)) return { history, ...scoreStranger(query) };
        return { history, scores: scores.subarray(row * itemCount, ++row * itemCount) };
      });
    },
    listsPerBatch: chooseBatchSize(reads, isPage ? itemCount : 1),
    readHistory: toHistory,
    canFindBest: (query) => products !== undefined && hasFusedRanking() && !isStranger(query),
    findBest: (queries, hidden, top) => findBest(products!, itemCount, toInput(queries), hidden, top),
    pairsPerBatch: chooseBatchSize(reads, 1),
    async scorePairs(pairs) {
      const served = pairs.filter(([user]) => !isStranger(user));
      const items = Int32Array.from(served, ([, item]) => item);
      const scores =
        served.length === 0
          ? new Float32Array(0)
          : await readTensor(() =>
              predictor.scoreCandidates(
                toQueries(toInput(served.map(([user]) => user))),
                tf.tensor2d(items, [items.length, 1], 'int32'),
              ),
            );
      let row = 0;
      return pairs.map(([user, item]) => {
        if (!isStranger(user)) return { score: scores[row++]! };
        const { scores: all, ...refusal } = scoreStranger(user);
        return { score: all[item] ?? Number.NaN, ...refusal };
      });
    },
  };
}
