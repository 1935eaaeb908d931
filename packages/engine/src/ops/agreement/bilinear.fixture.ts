import type { Rng } from '@footlight/core';
import type { Given, Make } from '../../backends/kernels/agreement/agreement.fixture.js';
import type { FusedLoss } from '../../fused-loss.js';
import { adagrad } from '../../optimizers/adagrad.js';
import { adam } from '../../optimizers/adam.js';
import { adamW } from '../../optimizers/adamw.js';
import { sgd } from '../../optimizers/sgd.js';
import type { Optimizer } from '../../optimizers/types.js';
import { tf } from '../../tfjs/tfjs.js';
import { composedSteps } from '../bilinear-steps.fixture.js';
import { bilinearSteps } from '../bilinear-steps.js';
import type { BilinearBatch } from '../types.js';
import { drawSize, pick } from './helpers.fixture.js';

function drawLoss(rng: Rng): FusedLoss {
  const margin = rng.uniform(0, 2);
  return pick<FusedLoss>(rng, [
    { name: 'pointwise', terms: pick(rng, ['sum', 'mean']) },
    { name: 'bpr' },
    { name: 'sigmoid-bpr' },
    { name: 'hinge', margin },
    { name: 'adaptive-hinge', margin },
    { name: 'warp', margin, weight: pick(rng, ['harmonic', 'logarithm']) },
    { name: 'logistic' },
    { name: 'sampled-softmax' },
  ]);
}

/**
 * Draws an optimizer. Its epsilon is far above the rounding of gradients, from which Adam and Adagrad would otherwise
 * take the direction of a gradient that is almost 0.
 */
function drawOptimizer(rng: Rng): () => Optimizer {
  const learningRate = rng.uniform(0.001, 0.05);
  const common = { rows: pick(rng, ['lazy', 'dense'] as const), l2: pick(rng, [0, 0.1]) };
  const moments = { learningRate, beta1: pick(rng, [0, 0.5, 0.9]), beta2: pick(rng, [0.9, 0.999]), epsilon: 1e-3 };
  return pick<() => Optimizer>(rng, [
    () => sgd({ learningRate, ...common }),
    () => sgd({ learningRate, momentum: 0.9, ...common }),
    () => adagrad({ learningRate, epsilon: 1e-3, ...common }),
    () => adam({ ...moments, ...common }),
    () => adamW({ ...moments, rows: common.rows, decay: 0.1 }),
  ]);
}

/**
 * Runs steps, each a batch and a factor of the learning rate. Returns the losses, the tables and the state of the
 * optimizer.
 */
function train(
  tensors: tf.Tensor[],
  loss: FusedLoss,
  optimizer: Optimizer,
  steps: readonly (readonly [BilinearBatch, number])[],
): tf.Tensor[] {
  const [user, item, userBias, itemBias] = tensors.map((tensor) => tf.variable(tensor)) as [
    tf.Variable,
    tf.Variable,
    ...tf.Variable[],
  ];
  const tables = { user, item, ...(userBias && itemBias ? { userBias, itemBias } : {}) };
  const options = { tables, parameters: new Map(Object.entries(tables)), loss, optimizer };
  const training = bilinearSteps(options) ?? composedSteps(options);
  const losses = steps.map(([batch, factor], at) => {
    if (at === 3) training.flush(); // between steps, as a checkpoint does
    return training.step(batch, factor);
  });
  training.flush();
  const state = [...optimizer.state()].sort(([one], [other]) => (one < other ? -1 : 1));
  const result = [
    tf.tensor1d(losses),
    ...Object.values(tables).map((table) => tf.tensor(table.dataSync().slice(), table.shape)),
  ];
  tf.dispose(Object.values(tables));
  return [...result, ...state.map(([, { values }]) => tf.tensor1d(Float32Array.from(values)))];
}

/** Fused training steps. */
export const bilinearOperations: Record<string, Make> = {
  // Scores are of size 1, so their rounding is about 1e-6. A step of Adam multiplies it by at most rate / epsilon = 50,
  // steps of the others by less. The hinges have a jump where the margin is just reached; with continuous scores,
  // rounding selects different sides about once in a million pairs.
  bilinearSteps: (rng) => {
    const [users, items, dim, query, negative] = [
      drawSize(rng),
      drawSize(rng),
      drawSize(rng, 150),
      drawSize(rng),
      drawSize(rng, 12),
    ];
    const table = (rows: number, columns: number): Given => ({
      values: Float32Array.from({ length: rows * columns }, () => rng.normal(0, columns ** -0.25)),
      shape: [rows, columns],
      dtype: 'float32',
    });
    const given = [
      table(users, dim),
      table(items, dim),
      ...(rng.next() < 0.5 ? [table(users, 1), table(items, 1)] : []),
    ];
    const ids = (count: number, bound: number) => rng.integers(bound, new Int32Array(count));
    const steps = Array.from({ length: 1 + rng.integer(6) }, () => {
      const batch = { users: ids(query, users), positives: ids(query, items), negatives: ids(query * negative, items) };
      return [batch, rng.uniform(0.5, 1)] as const;
    });
    const [loss, optimizer] = [drawLoss(rng), drawOptimizer(rng)];
    return { given, compute: (tensors) => train(tensors, loss, optimizer(), steps), tolerance: 1e-4 };
  },
};
