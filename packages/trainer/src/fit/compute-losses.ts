import type { SparseRows } from '@footlight/engine';
import { tf } from '@footlight/engine';
import type { Training } from '@footlight/layers';
import {
  type CatalogueLoss,
  findCandidateLoss,
  type RankingLoss,
  type RatingLoss,
  type SparseTargets,
} from '@footlight/losses';
import { computeSharedLosses } from './compute-shared-losses.js';
import type { DrawnNegatives } from './sample-negatives.js';
import type { StepQueries } from './select-queries.js';
import type { StepBatch, StepContext } from './types.js';

/** Scores of the queries of a step: of candidates, or of the whole catalogue. */
type Score = (candidates?: tf.Tensor2D) => tf.Tensor2D;

/** What is known of a step before its losses: its real queries, and the baskets of its batch. */
export interface StepTargets {
  readonly queries: StepQueries;
  readonly batch: Pick<StepBatch, 'baskets' | 'basketWeights'>;
  readonly negatives: DrawnNegatives | undefined;
}

/**
 * Computes the loss of each real query of a step.
 *
 * @shape vectors `[query, dim]` → `[query]`
 */
export function computeLosses(
  { network, loss, itemCount }: StepContext,
  { queries, batch, negatives }: StepTargets,
  vectors: tf.Tensor2D,
  training: Training,
): tf.Tensor1D {
  const score: Score = (candidates) => network.score(vectors, candidates, training);
  if (loss.kind === 'ranking')
    return negatives!.accepted
      ? computeSharedLosses({ network, vectors, training }, loss, queries, negatives!, itemCount)
      : computeRankingLosses(score, loss, queries, negatives!, itemCount);
  if (loss.kind === 'catalogue' && !batch.baskets && queries.targets.length * itemCount > manyScores) {
    const product = loss.computeFromProduct && network.catalogue?.();
    const targets = tf.tensor1d(queries.targets, 'int32');
    if (product) return loss.computeFromProduct!({ vectors, targets, ...product });
  }
  return loss.kind === 'catalogue'
    ? computeCatalogueLosses(score, loss, queries, batch)
    : computeRatingLosses(score, loss, queries);
}

/** Numbers of scores above which a loss is computed from their factors, if it can: 256 MB. */
const manyScores = 2 ** 26;

function computeRankingLosses(
  score: Score,
  loss: RankingLoss,
  { targets }: StepQueries,
  { items, logProbabilities }: DrawnNegatives,
  itemCount: number,
): tf.Tensor1D {
  const query = targets.length;
  const count = items.length / query;
  const candidates = tf.tensor2d(positiveFirst(targets, items), [query, 1 + count], 'int32');
  const scores = score(candidates);
  const computeTogether = findCandidateLoss(loss);
  if (computeTogether) return computeTogether(scores);
  const [positive, others] = tf.split(scores, [1, count], 1) as [tf.Tensor2D, tf.Tensor2D];
  return loss.compute({
    ...{ positive: tf.reshape(positive, [query]), negatives: others, itemCount },
    ...(logProbabilities && { logProbabilities: tf.tensor2d(logProbabilities, [query, count]) }),
  });
}

function computeCatalogueLosses(
  score: Score,
  loss: CatalogueLoss,
  { targets }: StepQueries,
  { baskets, basketWeights }: StepTargets['batch'],
): tf.Tensor1D {
  return loss.compute({
    scores: score(),
    targets: baskets ? toSparseTargets(baskets, basketWeights) : tf.tensor1d(targets, 'int32'),
  });
}

function computeRatingLosses(score: Score, loss: RatingLoss, { targets, ratings }: StepQueries): tf.Tensor1D {
  const query = targets.length;
  const scores = score(tf.tensor2d(targets, [query, 1], 'int32'));
  return loss.compute({ predicted: tf.reshape(scores, [query]), rating: tf.tensor1d(ratings!) });
}

/** Converts baskets to targets: every item of a basket is a target of its query. */
export function toSparseTargets({ offsets, ids }: SparseRows, weights?: Float32Array): SparseTargets {
  const query = new Int32Array(ids.length);
  for (let row = 0; row + 1 < offsets.length; row++) query.fill(row, offsets[row], offsets[row + 1]);
  return {
    query: tf.tensor1d(query, 'int32'),
    item: tf.tensor1d(ids, 'int32'),
    ...(weights && { weight: tf.tensor1d(weights) }),
  };
}

/** Each target followed by its negatives: `[query, 1 + negative]`. */
function positiveFirst(targets: Int32Array, negatives: Int32Array): Int32Array {
  const count = negatives.length / targets.length;
  const width = 1 + count;
  const candidates = new Int32Array(targets.length * width);
  for (let query = 0; query < targets.length; query++) {
    candidates[query * width] = targets[query]!;
    if (count > 16) candidates.set(negatives.subarray(query * count, (query + 1) * count), query * width + 1);
    else for (let k = 0; k < count; k++) candidates[query * width + 1 + k] = negatives[query * count + k]!;
  }
  return candidates;
}
