import type { FusedLoss } from '../fused-loss.js';
import { tf } from '../tfjs/tfjs.js';
import { valueAndGradients } from '../value-and-gradients.js';
import type { BilinearSteps, BilinearStepsOptions } from './bilinear-steps.js';
import { lookup } from './lookup.js';
import { scoreCandidates } from './score-candidates.js';
import type { BilinearBatch } from './types.js';

// The steps of `bilinearSteps` composed of separate operations, on any backend.

/** Composes training steps of lookups, scores, the loss in tfjs operations, its gradients and the optimizer. */
export function composedSteps({
  tables,
  parameters,
  loss,
  optimizer,
}: BilinearStepsOptions): Omit<BilinearSteps, 'begin'> {
  const { user, item, userBias, itemBias } = tables;
  const computeMeanLoss = ({ users, positives, negatives }: BilinearBatch): tf.Scalar => {
    const [query, negative] = [users.length, negatives.length / users.length];
    const ids = tf.tensor1d(users, 'int32');
    const candidates = tf.concat(
      [tf.tensor2d(positives, [query, 1], 'int32'), tf.tensor2d(negatives, [query, negative], 'int32')],
      1,
    );
    // [query, 1 + negative]
    const products = scoreCandidates(lookup(user, ids) as tf.Tensor2D, item, candidates, itemBias);
    const scores = userBias ? tf.add(products, lookup(userBias, ids)) : products;
    return tf.mean(computeLoss(loss, scores as tf.Tensor2D, item.shape[0]!));
  };
  return {
    step: (batch, factor) =>
      tf.tidy(() => {
        const { value, gradients } = valueAndGradients(() => computeMeanLoss(batch), parameters);
        optimizer.apply(parameters, gradients, { factor });
        return value.dataSync()[0]!;
      }),
    flush() {},
  };
}

/** @shape scores `[query, 1 + negative]`, the positive first → `[query]` */
function computeLoss(
  { name, margin = 1, terms = 'sum', weight = 'harmonic' }: FusedLoss,
  scores: tf.Tensor2D,
  itemCount: number,
): tf.Tensor {
  const [positive, negatives] = tf.split(scores, [1, scores.shape[1] - 1], 1) as [tf.Tensor2D, tf.Tensor2D];
  const leads = tf.sub(negatives, positive); // [query, negative]
  const excess = tf.add(leads, margin) as tf.Tensor2D;
  switch (name) {
    case 'pointwise':
      return tf.mul(
        terms === 'mean' ? 0.5 : 1,
        tf.add(tf.sigmoid(tf.neg(tf.squeeze(positive, [1]))), tf.mean(tf.sigmoid(negatives), 1)),
      );
    case 'bpr':
      return tf.mean(tf.softplus(leads), 1);
    case 'sigmoid-bpr':
      return tf.mean(tf.sigmoid(leads), 1);
    case 'hinge':
      return tf.mean(tf.relu(excess), 1);
    case 'adaptive-hinge':
      return selectEntry(tf.relu(excess), tf.argMax(excess, 1)); // before relu, which makes all entries below 0 equal
    case 'warp':
      return selectEntry(
        tf.mul(tf.relu(excess), computeDrawWeights(excess.shape[1], itemCount, weight)),
        tf.argMax(tf.step(excess), 1),
      );
    case 'logistic':
      return tf.add(tf.softplus(tf.neg(tf.squeeze(positive, [1]))), tf.mean(tf.softplus(negatives), 1));
    case 'sampled-softmax':
      return tf.logSumExp(tf.concat([tf.zerosLike(positive), leads], 1), 1);
  }
}

/**
 * Selects one entry of each row. `tf.max` would pass the gradient to each of several equal entries, e.g. of an item
 * drawn twice.
 */
function selectEntry(rows: tf.Tensor2D, column: tf.Tensor): tf.Tensor {
  return tf.sum(tf.mul(rows, tf.oneHot(column, rows.shape[1])), 1);
}

/** Computes the weight of a violation found at each draw. @shape → `[negative]` */
function computeDrawWeights(count: number, itemCount: number, weight: 'harmonic' | 'logarithm'): tf.Tensor1D {
  const estimateRank = (draw: number) => Math.max(1, Math.floor((itemCount - 1) / (draw + 1)));
  const sumHarmonic = (rank: number): number => (rank === 0 ? 0 : sumHarmonic(rank - 1) + 1 / rank);
  return tf.tensor1d(
    Array.from({ length: count }, (_, draw) => (weight === 'harmonic' ? sumHarmonic : Math.log)(estimateRank(draw))),
  );
}
