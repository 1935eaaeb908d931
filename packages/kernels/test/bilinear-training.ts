import type { BilinearLoss, BilinearOptimizer, BilinearTables } from '@footlight/kernels';
import { createReference } from './bilinear-reference.js';
import { kernels } from './compiled.js';
import { createGenerator } from './generator.js';

export const USERS = 11;
export const ITEMS = 17;
export const BATCH = 7;

export const LOSSES: readonly BilinearLoss[] = [
  { name: 'pointwise' },
  { name: 'pointwise', terms: 'mean' },
  { name: 'bpr' },
  { name: 'sigmoid-bpr' },
  { name: 'hinge', margin: 0.7 },
  { name: 'adaptive-hinge' },
  { name: 'warp' },
  { name: 'warp', margin: 0.3, weight: 'logarithm' },
  { name: 'logistic' },
  { name: 'sampled-softmax' },
];

export const OPTIMIZERS: readonly BilinearOptimizer[] = [
  { name: 'sgd', learningRate: 0.5 },
  { name: 'sgd', learningRate: 0.5, l2: 0.01 },
  { name: 'sgd', learningRate: 0.2, momentum: 0.8, l2: 0.01 },
  { name: 'adagrad', learningRate: 0.1 },
  { name: 'adagrad', learningRate: 0.1, l2: 0.01 },
  { name: 'adam', learningRate: 0.02 },
  { name: 'adam', learningRate: 0.02, l2: 0.001, beta1: 0.8, beta2: 0.99, epsilon: 1e-7 },
  { name: 'adam-w', learningRate: 0.02, decay: 0.1 },
];

export const toTitle = (options: object): string => JSON.stringify(options).replaceAll('"', '');
const countSlots = ({ name, momentum = 0 }: BilinearOptimizer): number =>
  ({ sgd: momentum > 0 ? 1 : 0, adagrad: 1, adam: 2, 'adam-w': 2 })[name];

export interface Task {
  readonly dim: number;
  readonly biases: boolean;
  readonly loss: BilinearLoss;
  readonly optimizer: BilinearOptimizer;
  readonly negatives?: number;
  readonly steps?: number;
  /** Batches per call. */
  readonly chunk?: number;
  /** Bounds of the ids in the batches, so that other rows have no gradient for a long time. */
  readonly idBounds?: readonly [users: number, items: number];
  readonly factor?: number;
}

/** Trains the kernel and the reference on the same queries. @returns the parameters and losses of both */
function train({
  dim,
  biases,
  loss,
  optimizer,
  negatives: count = 3,
  steps = 5,
  chunk = 2,
  idBounds = [USERS, ITEMS],
  factor = 1,
}: Task) {
  const random = createGenerator(dim + 7);
  const draw = (length: number, spread: number) => Float32Array.from({ length }, () => (random() - 0.5) * spread);
  const spread = 2 / Math.sqrt(Math.sqrt(dim));
  const weights = {
    user: draw(USERS * dim, spread),
    item: draw(ITEMS * dim, spread),
    userBias: draw(USERS, 1),
    itemBias: draw(ITEMS, 1),
  };
  const createTable = (values: Float32Array) => ({
    weights: values.slice(),
    slots: Array.from({ length: countSlots(optimizer) }, () => new Float32Array(values.length)),
  });
  const tables: BilinearTables = {
    user: createTable(weights.user),
    item: createTable(weights.item),
    ...(biases ? { userBias: createTable(weights.userBias), itemBias: createTable(weights.itemBias) } : {}),
  };
  const reference = createReference({ dim, biases, loss, optimizer, weights });
  const bilinear = kernels.createBilinear({ users: USERS, items: ITEMS, dim, biases, loss, optimizer });
  const losses: [number, number][] = [];
  for (let done = 0; done < steps; done += chunk) {
    const queries = Math.min(chunk, steps - done) * BATCH - 2; // the last batch of a call is smaller
    const ids = (length: number, limit: number) => Int32Array.from({ length }, () => Math.floor(random() * limit));
    const [everyUser, everyItem] = done === 0 ? [USERS, ITEMS] : idBounds;
    const users = ids(queries, everyUser);
    const positives = ids(queries, everyItem);
    const negatives = ids(queries * count, everyItem);
    const outLosses = new Float32Array(Math.ceil(queries / BATCH));
    kernels.bilinearSteps(bilinear, tables, { users, positives, negatives, batch: BATCH, outLosses, factor });
    outLosses.forEach((value, batch) => {
      const [from, to] = [batch * BATCH, (batch + 1) * BATCH];
      const expected = reference.step({
        users: users.subarray(from, to),
        positives: positives.subarray(from, to),
        negatives: negatives.subarray(from * count, to * count),
        factor,
      });
      losses.push([value, expected]);
    });
  }
  kernels.bilinearFlush(bilinear, tables);
  return { tables, reference, losses, weights };
}

/** Computes the largest difference between the kernel and the reference, in parameters and losses. */
export function computeLargestError(task: Task): number {
  const { tables, reference, losses } = train(task);
  let most = 0;
  for (const [name, table] of Object.entries(tables))
    table.weights.forEach((w: number, at: number) => {
      most = Math.max(most, Math.abs(w - reference[name as 'user'][at]!));
    });
  for (const [value, expected] of losses) most = Math.max(most, Math.abs(value - expected));
  return Number.isNaN(losses.flat().reduce((a, b) => a + b)) ? Number.NaN : most;
}
