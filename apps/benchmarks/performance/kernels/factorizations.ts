import { createRng, type Rng } from '@footlight/core';
import type { BilinearLoss, BilinearOptimizer, BilinearTable, Kernels } from '@footlight/kernels';
import { type BenchmarkCase, measureCall } from '../measure/benchmark-case.js';
import { loadKernels } from './load-kernels.js';
import { drawIds, drawNumbers, drawSkewedIds, itemPopularity, userActivity } from './random-data.js';

const [users, items, rows, dim, batch] = [6040, 3706, 1_000_209, 128, 1024];

interface Configuration {
  readonly name: string;
  readonly loss: BilinearLoss;
  readonly optimizer: BilinearOptimizer;
  readonly negatives: number;
}

const denseAdam = { name: 'adam', learningRate: 1e-3, rows: 'dense' } as const;
const lazyAdam = { name: 'adam', learningRate: 1e-3 } as const;
const adagrad = { name: 'adagrad', learningRate: 0.05 } as const;
const sgd = { name: 'sgd', learningRate: 0.05 } as const;
const [bpr, warp] = [{ name: 'bpr' }, { name: 'warp' }] as const;

const configurations: readonly Configuration[] = [
  { name: 'BPR, dense Adam', loss: bpr, optimizer: denseAdam, negatives: 1 },
  { name: 'BPR, dense Adam, l2', loss: bpr, optimizer: { ...denseAdam, l2: 1e-6 }, negatives: 1 },
  { name: 'adaptive hinge × 5, dense Adam', loss: { name: 'adaptive-hinge' }, optimizer: denseAdam, negatives: 5 },
  { name: 'BPR, lazy Adam', loss: bpr, optimizer: lazyAdam, negatives: 1 },
  { name: 'BPR, Adagrad', loss: bpr, optimizer: adagrad, negatives: 1 },
  { name: 'WARP × 10, lazy Adam', loss: warp, optimizer: lazyAdam, negatives: 10 },
  { name: 'WARP × 10, Adagrad', loss: warp, optimizer: adagrad, negatives: 10 },
  { name: 'BPR, SGD', loss: bpr, optimizer: { ...sgd, learningRate: 0.05 * batch }, negatives: 1 },
];

const slotCounts: Readonly<Record<string, number>> = { sgd: 0, adagrad: 1, adam: 2 };

/** Tables of vectors and biases with the optimizer's slots. `initialize` fills the weights of vectors. */
function createTables(
  kernels: Kernels,
  userCount: number,
  itemCount: number,
  width: number,
  optimizer: BilinearOptimizer,
  initialize: (length: number) => Float32Array,
) {
  const createTable = (count: number, weights: Float32Array): BilinearTable => ({
    weights,
    slots: Array.from({ length: slotCounts[optimizer.name]! }, () => kernels.zeros(count)),
  });
  return {
    user: createTable(userCount * width, initialize(userCount * width)),
    item: createTable(itemCount * width, initialize(itemCount * width)),
    userBias: createTable(userCount, kernels.zeros(userCount)),
    itemBias: createTable(itemCount, kernels.zeros(itemCount)),
  };
}

/** Creates a function that trains one epoch: shuffling, sampling, steps. */
function createEpoch({ loss, optimizer, negatives }: Configuration): () => void {
  const kernels = loadKernels();
  const rng = createRng(42);
  const trainUsers = drawSkewedIds(rng, rows, users, userActivity);
  const trainItems = drawSkewedIds(rng, rows, items, itemPopularity);
  const initialize = (length: number) => drawNumbers(rng, length, Math.sqrt(3) / dim);
  const tables = createTables(kernels, users, items, dim, optimizer, initialize);
  const bilinear = kernels.createBilinear({ users, items, dim, biases: true, loss, optimizer });
  const chunk = 16 * batch;
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const [u, p, n] = [new Int32Array(chunk), new Int32Array(chunk), new Int32Array(chunk * negatives)];
  return () => {
    rng.shuffle(order);
    for (let from = 0; from < rows; from += chunk) {
      const size = Math.min(chunk, rows - from);
      for (let query = 0; query < size; query++) {
        const row = order[from + query]!;
        u[query] = trainUsers[row]!;
        p[query] = trainItems[row]!;
      }
      sampleNegatives(rng, p.subarray(0, size), n, negatives);
      kernels.bilinearSteps(bilinear, tables, {
        users: u.subarray(0, size),
        positives: p.subarray(0, size),
        negatives: n.subarray(0, size * negatives),
        batch,
        outLosses: new Float32Array(Math.ceil(size / batch)),
      });
    }
    kernels.bilinearFlush(bilinear, tables);
  };
}

/** Samples uniform negatives that differ from their positive. A function of its own is compiled earlier and better. */
function sampleNegatives(rng: Rng, positives: Int32Array, out: Int32Array, count: number): void {
  for (let query = 0, at = 0; query < positives.length; query++) {
    const positive = positives[query]!;
    for (let k = 0; k < count; k++, at++) {
      const item = rng.integer(items - 1);
      // The item itself below the positive, else the next one; a branch would be mispredicted.
      out[at] = item + 1 + ((item - positive) >> 31);
    }
  }
}

/** Epochs of fused factorization, on ids with the number and skew of MovieLens 1M; shuffling and sampling included. */
export const factorizations: BenchmarkCase[] = configurations.map((configuration) => ({
  group: `Fused factorization, ${rows.toLocaleString('en')} interactions, dim ${dim}, batch ${batch}`,
  name: configuration.name,
  unit: 'epoch',
  async prepare() {
    const epoch = createEpoch(configuration);
    return { run: () => measureCall(epoch) };
  },
}));

const [scalingUsers, scalingDim, steps] = [10_000, 64, 64];

function createSteps(itemCount: number, optimizer: BilinearOptimizer): () => void {
  const kernels = loadKernels();
  const rng = createRng(3);
  const initialize = (length: number) => {
    const weights = kernels.zeros(length); // in large pages of memory
    for (let at = 0; at < length; at++) weights[at] = rng.next() / 16;
    return weights;
  };
  const tables = createTables(kernels, scalingUsers, itemCount, scalingDim, optimizer, initialize);
  for (const { slots } of Object.values(tables)) for (const slot of slots!) slot.fill(1e-3);
  const sizes = { users: scalingUsers, items: itemCount, dim: scalingDim };
  const bilinear = kernels.createBilinear({ ...sizes, biases: true, loss: bpr, optimizer });
  return () =>
    kernels.bilinearSteps(bilinear, tables, {
      users: drawIds(rng, batch * steps, scalingUsers),
      positives: drawIds(rng, batch * steps, itemCount),
      negatives: drawIds(rng, batch * steps, itemCount),
      batch,
      outLosses: new Float32Array(steps),
    });
}

/** Training steps as the catalogue grows: ids are uniform, so that few rows repeat within a step. */
export const catalogueSizes: BenchmarkCase[] = Object.entries({
  'lazy Adam': lazyAdam,
  Adagrad: adagrad,
  SGD: sgd,
}).flatMap(([name, optimizer]) =>
  [1000, 10_000, 100_000, 1_000_000].map((itemCount) => ({
    group: `Fused BPR by catalogue size, dim ${scalingDim}, batch ${batch}`,
    name: `${name}, ${itemCount.toLocaleString('en')} items`,
    unit: 'step',
    async prepare() {
      const run = createSteps(itemCount, optimizer);
      return {
        run() {
          const { seconds, processorSeconds } = measureCall(run);
          return { seconds: seconds / steps, processorSeconds: processorSeconds / steps };
        },
      };
    },
  })),
);
