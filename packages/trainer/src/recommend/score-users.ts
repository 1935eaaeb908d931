import type { Catalogue } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { chooseBatchSize } from '../evaluate/choose-batch-size.js';
import { readTensor } from '../evaluate/read-tensor.js';
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
  score(users: readonly number[]): Promise<ScoredUser[]>;
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
  const { reads, histories } = predictor;
  const isStranger = (user: number) => reads === 'user' && (readHistory(user).length === 0 || untrained.has(user));
  const toInput = (users: readonly number[]) =>
    toModelInput(
      users.map((user) => readHistory(user)),
      reads,
      Int32Array.from(users),
    );
  const scoreStranger = (user: number): { readonly scores: Float32Array; readonly refusal?: string } => {
    if (histories.refusal === undefined) return { scores: scoreHistory(untrained.readHistory(user)) };
    const refusal = untrained.has(user) ? 'a user whom it was not trained on' : 'a user without interactions';
    return { scores: new Float32Array(0), refusal };
  };
  return {
    batchSize: chooseBatchSize(reads, itemCount),
    async score(users) {
      const served = users.filter((user) => !isStranger(user));
      const scores =
        served.length === 0 ? new Float32Array(0) : await readTensor(() => predictor.score(toQueries(toInput(served))));
      let row = 0;
      return users.map((user) => {
        const history = readHistory(user);
        if (isStranger(user)) return { history, ...scoreStranger(user) };
        return { history, scores: scores.subarray(row * itemCount, ++row * itemCount) };
      });
    },
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
