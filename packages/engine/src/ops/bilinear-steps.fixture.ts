import * as tf from '@tensorflow/tfjs';
import type { FusedLoss } from '../fused-loss.js';
import { valueAndGradients } from '../value-and-gradients.js';
import type { BilinearSteps, BilinearStepsOptions } from './bilinear-steps.js';
import { lookup } from './lookup.js';
import { scoreCandidates } from './score-candidates.js';
import type { BilinearBatch } from './types.js';

// The steps of `bilinearSteps` put together from their parts, on any backend.

/** Training steps by look-ups, scores, the loss in tfjs ops, its gradients and the optimizer, one after the other. */
export function composedSteps({
  tables,
  parameters,
  loss,
  optimizer,
}: BilinearStepsOptions): Omit<BilinearSteps, 'begin'> {
  const { user, item, userBias, itemBias } = tables;
  const meanLoss = ({ users, positives, negatives }: BilinearBatch): tf.Scalar => {
    const [query, negative] = [users.length, negatives.length / users.length];
    const ids = tf.tensor1d(users, 'int32');
    const candidates = tf.concat(
      [tf.tensor2d(positives, [query, 1], 'int32'), tf.tensor2d(negatives, [query, negative], 'int32')],
      1,
    );
    const products = scoreCandidates(lookup(user, ids) as tf.Tensor2D, item, candidates, itemBias); // [query, 1 + negative]
    const scores = userBias ? tf.add(products, lookup(userBias, ids)) : products;
    return tf.mean(lossOf(loss, scores as tf.Tensor2D, item.shape[0]!));
  };
  return {
    step: (batch, factor) =>
      tf.tidy(() => {
        const { value, gradients } = valueAndGradients(() => meanLoss(batch), parameters);
        optimizer.apply(parameters, gradients, { factor });
        return value.dataSync()[0]!;
      }),
    flush() {},
  };
}

/** @shape scores `[query, 1 + negative]`, the positive first → `[query]` */
function lossOf(
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
      return entryAt(tf.relu(excess), tf.argMax(excess, 1)); // not of relu, which makes all equal that are below 0
    case 'warp':
      return entryAt(
        tf.mul(tf.relu(excess), drawWeights(excess.shape[1], itemCount, weight)),
        tf.argMax(tf.step(excess), 1),
      );
    case 'logistic':
      return tf.add(tf.softplus(tf.neg(tf.squeeze(positive, [1]))), tf.mean(tf.softplus(negatives), 1));
    case 'sampled-softmax':
      return tf.logSumExp(tf.concat([tf.zerosLike(positive), leads], 1), 1);
  }
}

/** `tf.max` would give the gradient to each of several that are equal, as one item drawn twice is. */
function entryAt(rows: tf.Tensor2D, column: tf.Tensor): tf.Tensor {
  return tf.sum(tf.mul(rows, tf.oneHot(column, rows.shape[1])), 1);
}

/** What a violation found at each draw weighs. @shape → `[negative]` */
function drawWeights(count: number, itemCount: number, weight: 'harmonic' | 'logarithm'): tf.Tensor1D {
  const rankAt = (draw: number) => Math.max(1, Math.floor((itemCount - 1) / (draw + 1)));
  const harmonic = (rank: number): number => (rank === 0 ? 0 : harmonic(rank - 1) + 1 / rank);
  return tf.tensor1d(
    Array.from({ length: count }, (_, draw) => (weight === 'harmonic' ? harmonic : Math.log)(rankAt(draw))),
  );
}
