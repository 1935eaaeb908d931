import { createRng } from '@footlight/core';
import {
  byUser,
  type HeldOut,
  type Interactions,
  uniformNegatives,
  type WindowsOptions,
  windows,
  windowTargets,
} from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { adaptiveHingeLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { type Representation, sequenceCnn, sequenceLstm, sequenceMLstm, sequencePooling } from '@footlight/models';
import { createPredictor, evaluate, fit } from '@footlight/trainer';
import type { BenchmarkCase, PeerRequest } from '../measure/benchmark-case.js';
import { loadRatings, selectUsers } from './movielens-1m.js';
import { writeNumbers } from './write-numbers.js';

const length = 100;
const batchSize = 208;
const cut = { length, minimum: 20, firstTarget: true };
const createOptions = (dim: number) => ({ dim, history: length - 1 });

interface Configuration {
  readonly peer: 'lstm' | 'mlstm' | 'cnn' | 'pooling';
  readonly name: string;
  readonly dim: number;
  readonly maxRatio: number;
  readonly model: Representation;
}

const configurations: Configuration[] = [
  ...[128, 64].flatMap((dim): Configuration[] => [
    { peer: 'lstm', name: `LSTM, dim ${dim}`, dim, maxRatio: 1 / 3, model: sequenceLstm(createOptions(dim)) },
    {
      peer: 'mlstm',
      name: `mLSTM, dim ${dim}`,
      dim,
      maxRatio: 1 / 4,
      model: sequenceMLstm({ ...createOptions(dim), states: 'cell', start: 'learned' }),
    },
  ]),
  { peer: 'cnn', name: 'CNN, dim 128', dim: 128, maxRatio: 1 / 3, model: sequenceCnn(createOptions(128)) },
  { peer: 'pooling', name: 'pooling, dim 128', dim: 128, maxRatio: 1 / 3, model: sequencePooling(createOptions(128)) },
];

const group = `Sequences, MovieLens 1M, users 1 to 2999, windows of ${length}`;

/** A tenth of the users for testing, a tenth for validation. */
const split = byUser({ test: 0.1, validation: 0.1, seed: 72, order: 'source' });
const loadInteractions = async (): Promise<Interactions> => selectUsers(await loadRatings(), 2999);

/** Writes sequences of items for the peers, padded on the left: ids start at 1, and 0 is padding. */
export function writeSequences(
  name: string,
  rows: readonly Int32Array[],
  itemCount: number,
  length: number,
): Pick<PeerRequest, string> {
  const padded = new Int32Array(rows.length * length);
  rows.forEach(
    (row, at) =>
      void padded.set(
        row.map((item) => item + 1),
        (at + 1) * length - row.length,
      ),
  );
  return { sequences: writeNumbers(name, padded), length, itemCount };
}

export function listWindows(train: Interactions, cut: WindowsOptions): Int32Array[] {
  const { length } = cut;
  const { count, items, lengths } = windows(train, cut);
  return Array.from({ length: count }, (_, at) => items.slice((at + 1) * length - lengths[at]!, (at + 1) * length));
}

/** The history of each query, followed by its target. */
function listQueries({ history, targets }: HeldOut): Int32Array[] {
  const before: number[][] = Array.from(targets.users, () => []);
  history.users.forEach((query, row) => void before[query]!.push(history.items[row]!));
  return before.map((items, query) => Int32Array.of(...items, targets.items[query]!));
}

/** Epochs of sequence models: five negatives per step, dense Adam with weight decay. */
export const sequences: BenchmarkCase[] = configurations.map(({ peer, name, dim, maxRatio, model }) => ({
  group,
  name: `${name}, adaptive hinge × 5, batch ${batchSize}`,
  unit: 'epoch',
  maxRatio,
  async prepare() {
    const { train } = split.split(await loadInteractions(), createRng('split'));
    const epochs = fit(model.build(train.catalogue, createRng('model')), train, {
      loss: adaptiveHingeLoss(),
      negatives: uniformNegatives({ count: 5, reject: 'nothing' }),
      optimizer: adam({ learningRate: 0.01, l2: 6e-6, rows: 'dense' }),
      epochs: Number.MAX_SAFE_INTEGER,
      batchSize,
      windows: cut,
      rng: createRng('fit'),
    });
    const rows = writeSequences('windows', listWindows(train, cut), train.catalogue.itemCount, length);
    return {
      run: async () => ({ seconds: (await epochs.next()).value!.seconds }),
      request: { work: 'spotlight-sequence', representation: peer, dim, batch: batchSize, ...rows },
    };
  },
}));

/** MRR of the last item of each window of test and validation users, in the whole catalogue. */
export const sequenceRanking: BenchmarkCase = {
  group,
  name: 'MRR of the last items, LSTM, dim 128',
  unit: 'ranking',
  maxRatio: 1 / 10,
  async prepare() {
    const all = await loadInteractions();
    const { test, validation } = windowTargets(split, { length, minimum: 20 }).split(all, createRng('split'));
    const heldOut = [test, validation!];
    const network = sequenceLstm(createOptions(128)).build(all.catalogue, createRng('model'));
    return {
      async run() {
        const start = performance.now();
        for (const each of heldOut)
          await evaluate(createPredictor(network), each, { metrics: [mrr()], seen: 'rank-last' });
        return { seconds: (performance.now() - start) / 1000 };
      },
      request: {
        work: 'spotlight-mrr',
        dim: 128,
        ...writeSequences('queries', heldOut.flatMap(listQueries), all.catalogue.itemCount, length),
      },
    };
  },
};
