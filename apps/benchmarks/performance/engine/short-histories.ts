import { createRng } from '@footlight/core';
import { type Interactions, leaveLastOut, s3rec, uniformNegatives, windows } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { logisticLoss, type RankingLoss, sampledSoftmaxLoss } from '@footlight/losses';
import { gru4Rec, type Representation, sasRec } from '@footlight/models';
import { fit } from '@footlight/trainer';
import type { BenchmarkCase, Measurement } from '../measure/benchmark-case.js';
import { takeUsers } from './transformers.js';

const length = 51; // 50 steps that are read, and a last target

interface Configuration {
  readonly name: string;
  readonly model: Representation;
  readonly loss: RankingLoss;
  readonly negatives: number;
  /** Batches per pool of windows that are sorted by length, as the experiments on Toys have them. */
  readonly lengthPool?: number;
}

const transformer = sasRec({ dim: 64, blocks: 2, heads: 2, history: length - 1, dropout: 0.2, biases: false });

const configurations: Configuration[] = [
  { name: 'SASRec, sampled softmax × 256', model: transformer, loss: sampledSoftmaxLoss(), negatives: 256 },
  { name: 'SASRec, logistic × 1', model: transformer, loss: logisticLoss(), negatives: 1 },
  {
    name: 'GRU4Rec, logistic × 1, batches sorted by length',
    model: gru4Rec({ dim: 64, hidden: 128, history: length - 1, biases: false }),
    loss: logisticLoss(),
    negatives: 1,
    lengthPool: 20,
  },
];

/**
 * Epochs on the short histories of Toys, beside epochs on the same interactions in the same order, cut into windows of
 * 51 items whatever their users: the same items, steps and negatives, without padding. Batches have about the same
 * number of steps, 128 short windows or 21 full ones, so that what a step of the optimizer costs, the update of all
 * items above all, weighs the same. What remains is the cost of padding, and the longer windows attend to more steps.
 */
export const shortHistories: BenchmarkCase[] = configurations.map(({ name, ...configuration }) => ({
  group: 'Short histories: Toys, the first 2,048 users, mean length 8, windows of 50 steps; about 1,000 steps a batch',
  name,
  unit: '1,000 steps',
  maxRatio: 1.3,
  async prepare() {
    const rng = createRng('benchmarks');
    const { train } = leaveLastOut().split(await s3rec('Toys_and_Games').load({ rng }), rng);
    const short = sortByUser(takeUsers(train, 2048));
    const full = { ...short, users: short.users.map((_, at) => Math.floor(at / length)) };
    return {
      run: startEpochs(short, configuration, 128),
      otherPeers: { 'the same, full windows': startEpochs(full, configuration, 21) },
    };
  },
}));

/** Users one after the other, their items oldest first; times are positions. */
function sortByUser(train: Interactions): Interactions {
  const { users, items, timestamps } = train;
  const order = [...users.keys()].sort((a, b) => users[a]! - users[b]! || timestamps![a]! - timestamps![b]!);
  return {
    catalogue: train.catalogue,
    users: Int32Array.from(order, (row) => users[row]!),
    items: Int32Array.from(order, (row) => items[row]!),
    timestamps: Float64Array.from(order.keys()),
  };
}

/** Starts training; each call of the returned function runs an epoch. */
function startEpochs(
  train: Interactions,
  { model, loss, negatives, lengthPool }: Omit<Configuration, 'name'>,
  batchSize: number,
): () => Promise<Measurement> {
  const steps = windows(train, { length }).lengths.reduce((sum, items) => sum + items - 1, 0);
  const epochs = fit(model.build(train.catalogue, createRng('model')), train, {
    ...{ loss, negatives: uniformNegatives({ count: negatives, reject: 'nothing' }) },
    optimizer: adam({ learningRate: 0.001, rows: 'dense' }),
    epochs: Number.MAX_SAFE_INTEGER,
    ...{ batchSize, windows: { length, ...(lengthPool !== undefined && { lengthPool }) }, rng: createRng('fit') },
  });
  return async () => {
    const start = process.cpuUsage();
    const { seconds } = (await epochs.next()).value!;
    const { user, system } = process.cpuUsage(start);
    return { seconds: (seconds / steps) * 1000, processorSeconds: (user + system) / steps / 1000 };
  };
}
