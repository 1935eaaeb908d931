import type { Rng } from '@footlight/core';
import type { Batch, NegativeSampler } from '@footlight/datasets';
import {
  type BilinearSteps,
  type Optimizer,
  type Precision,
  type SparseRows,
  valueAndGradients,
  withPrecision,
} from '@footlight/engine';
import type { Training } from '@footlight/layers';
import type { CatalogueLoss, Loss, RankingLoss, RatingLoss, SparseTargets } from '@footlight/losses';
import type { Network } from '@footlight/models';
import * as tf from '@tensorflow/tfjs';
import { type ModelInput, toQueries } from '../recommend/predictor.js';

/** A batch for any model; baskets are what their queries are asked for, too. */
export type StepBatch = Batch & Pick<ModelInput, 'baskets'>;

/** What stays the same from step to step. */
export interface StepContext {
  readonly network: Network;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly loss: Loss;
  /** Present for ranking losses. */
  readonly sampler?: NegativeSampler;
  readonly optimizer: Optimizer;
  readonly itemCount: number;
  /** Of products of matrices. Default `fp32`. */
  readonly precision?: Precision;
  /** Does the whole step where the parts allow it. */
  readonly fused?: BilinearSteps;
}

/**
 * One update of the parameters. This is the only place where losses are masked, weighted and averaged:
 *
 * $$ L = \frac{\sum_q m_q \ell_q}{\sum_q m_q} + \frac{\beta}{B} \sum_b \text{penalty}_b $$
 *
 * Where the whole step is one kernel, that runs on while the caller makes the next batch.
 *
 * @returns what waits for the step and has L before the update
 */
export function trainStep(
  parts: StepContext,
  batch: StepBatch,
  rng: Rng,
  learningRateFactor: number,
  epoch = 0,
  penaltyWeight = 1,
): () => number {
  const { network, parameters, optimizer } = parts;
  // Drawn outside of the tape: sampling does not depend on scores.
  const negatives = parts.sampler?.sample(usersOfQueries(batch), batch.targets, rng.fork('negatives'), {
    epoch,
    ...(batch.rows ? { rows: batch.rows } : {}),
  });
  // Fused steps are of pairs, all of them real: the mean over queries needs no mask.
  if (parts.fused)
    return parts.fused.begin(
      { users: batch.users, positives: batch.targets, negatives: negatives! },
      learningRateFactor,
    );
  const loss = tf.tidy(() => {
    const mask = tf.tensor1d(batch.targetMask ?? batch.mask); // [query]
    const { value, gradients } = withPrecision(parts.precision ?? 'fp32', () =>
      valueAndGradients(() => {
        const training: Training = { rng: rng.fork('layers') };
        const { vectors, penalty } = network.encode(toQueries(batch), training);
        const flat = tf.reshape(vectors, [batch.targets.length, vectors.shape[2]]) as tf.Tensor2D; // [query, dim]
        const each = lossOf(parts, batch, flat, negatives, training); // [query]
        const mean = tf.div(tf.sum(tf.mul(each, mask)), tf.sum(mask)) as tf.Scalar;
        return penalty ? (tf.add(mean, tf.mul(penaltyWeight, tf.mean(penalty))) as tf.Scalar) : mean;
      }, parameters),
    );
    optimizer.apply(parameters, gradients, { factor: learningRateFactor });
    return value.dataSync()[0]!;
  });
  return () => loss;
}

function lossOf(
  { network, loss, itemCount }: StepContext,
  batch: StepBatch,
  vectors: tf.Tensor2D,
  negatives: Int32Array | undefined,
  training: Training,
): tf.Tensor1D {
  const score = (candidates?: tf.Tensor2D) => network.score(vectors, candidates, training);
  if (loss.kind === 'ranking') return rankingLossOf(score, loss, batch, negatives!, itemCount);
  return loss.kind === 'catalogue' ? catalogueLossOf(score, loss, batch) : ratingLossOf(score, loss, batch);
}

/** Scores of the queries of a step. */
type Score = (candidates?: tf.Tensor2D) => tf.Tensor2D;

function rankingLossOf(
  score: Score,
  loss: RankingLoss,
  { targets }: Batch,
  negatives: Int32Array,
  itemCount: number,
): tf.Tensor1D {
  const query = targets.length;
  const count = negatives.length / query;
  const scores = score(tf.tensor2d(positiveFirst(targets, negatives), [query, 1 + count], 'int32')); // [query, candidate], the positive first
  const [positive, rest] = tf.split(scores, [1, count], 1) as [tf.Tensor2D, tf.Tensor2D];
  return loss.compute({ positive: tf.reshape(positive, [query]), negatives: rest, itemCount });
}

function catalogueLossOf(score: Score, loss: CatalogueLoss, { targets, baskets }: StepBatch): tf.Tensor1D {
  return loss.compute({ scores: score(), targets: baskets ? toSparseTargets(baskets) : tf.tensor1d(targets, 'int32') });
}

/** Every item of a basket is a target of its query. */
function toSparseTargets({ offsets, ids }: SparseRows): SparseTargets {
  const query = new Int32Array(ids.length);
  for (let row = 0; row + 1 < offsets.length; row++) query.fill(row, offsets[row], offsets[row + 1]);
  return { query: tf.tensor1d(query, 'int32'), item: tf.tensor1d(ids, 'int32') };
}

function ratingLossOf(score: Score, loss: RatingLoss, { targets, ratings }: Batch): tf.Tensor1D {
  const query = targets.length;
  const scores = score(tf.tensor2d(targets, [query, 1], 'int32'));
  return loss.compute({ predicted: tf.reshape(scores, [query]), rating: tf.tensor1d(ratings!) });
}

/** Each target followed by its own negatives: [query, 1 + negative]. */
function positiveFirst(targets: Int32Array, negatives: Int32Array): Int32Array {
  const count = negatives.length / targets.length;
  const width = 1 + count;
  const candidates = new Int32Array(targets.length * width);
  for (let query = 0; query < targets.length; query++) {
    candidates[query * width] = targets[query]!;
    for (let k = 0; k < count; k++) candidates[query * width + 1 + k] = negatives[query * count + k]!;
  }
  return candidates;
}

function usersOfQueries({ users, time }: Batch): Int32Array {
  if (time === 1) return users;
  const each = new Int32Array(users.length * time);
  users.forEach((user, row) => void each.fill(user, row * time, (row + 1) * time));
  return each;
}
