import { createRng } from '@footlight/core';
import { byUser, type HeldOut, type Interactions, uniformNegatives, windows, windowTargets } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { adaptiveHingeLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { type Representation, sequenceCnn, sequenceLstm, sequenceMLstm, sequencePooling } from '@footlight/models';
import { createPredictor, evaluate, fit } from '@footlight/trainer';
import type { Contest, Request } from '../contest.js';
import { fileOf, ratings, usersUpTo } from './movielens-1m.js';

const length = 100;
const batchSize = 208;
const cut = { length, minimum: 20, firstTarget: true };
const options = (dim: number) => ({ dim, history: length - 1 });

interface Configuration {
  readonly peer: 'lstm' | 'mlstm' | 'cnn' | 'pooling';
  readonly name: string;
  readonly dim: number;
  readonly bar: number;
  readonly model: Representation;
}

const configurations: Configuration[] = [
  ...[128, 64].flatMap((dim): Configuration[] => [
    { peer: 'lstm', name: `LSTM, dim ${dim}`, dim, bar: 1 / 3, model: sequenceLstm(options(dim)) },
    {
      peer: 'mlstm',
      name: `mLSTM, dim ${dim}`,
      dim,
      bar: 1 / 4,
      model: sequenceMLstm({ ...options(dim), states: 'cell', start: 'learned' }),
    },
  ]),
  { peer: 'cnn', name: 'CNN, dim 128', dim: 128, bar: 1 / 3, model: sequenceCnn(options(128)) },
  { peer: 'pooling', name: 'pooling, dim 128', dim: 128, bar: 1 / 3, model: sequencePooling(options(128)) },
];

const group = `Sequences, MovieLens 1M, users 1 to 2999, windows of ${length}`;

/** A tenth of the users tests, a tenth validates. */
const split = byUser({ test: 0.1, validation: 0.1, seed: 72 });
const people = async (): Promise<Interactions> => usersUpTo(await ratings(), 2999);

/** Rows of items for `peers.py`, padded on the left: ids from 1, 0 where there is none. */
function sequenceFile(name: string, rows: readonly Int32Array[], itemCount: number): Pick<Request, string> {
  const padded = new Int32Array(rows.length * length);
  rows.forEach(
    (row, at) =>
      void padded.set(
        row.map((item) => item + 1),
        (at + 1) * length - row.length,
      ),
  );
  return { sequences: fileOf(name, padded), length, itemCount };
}

function windowRows(train: Interactions): Int32Array[] {
  const { count, items, lengths } = windows(train, cut);
  return Array.from({ length: count }, (_, at) => items.slice((at + 1) * length - lengths[at]!, (at + 1) * length));
}

/** What was done before each question, and then what was asked for. */
function questionRows({ history, targets }: HeldOut): Int32Array[] {
  const before: number[][] = Array.from(targets.users, () => []);
  history.users.forEach((question, row) => void before[question]!.push(history.items[row]!));
  return before.map((items, question) => Int32Array.of(...items, targets.items[question]!));
}

/** Whole epochs of sequence models, each step against five negatives, Adam on all rows with a little weight decay. */
export const sequences: Contest[] = configurations.map(({ peer, name, dim, bar, model }) => ({
  group,
  name: `${name}, adaptive hinge × 5, batch ${batchSize}`,
  per: 'epoch',
  bar,
  async prepare() {
    const { train } = split.split(await people(), createRng('split'));
    const epochs = fit(model.build(train.catalogue, createRng('model')), train, {
      loss: adaptiveHingeLoss(),
      negatives: uniformNegatives({ count: 5, reject: 'nothing' }),
      optimizer: adam({ learningRate: 0.01, l2: 6e-6, rows: 'dense' }),
      epochs: Number.MAX_SAFE_INTEGER,
      batchSize,
      windows: cut,
      rng: createRng('fit'),
    });
    const rows = sequenceFile('windows', windowRows(train), train.catalogue.itemCount);
    return {
      ours: async () => (await epochs.next()).value!.seconds,
      request: { work: 'spotlight-sequence', representation: peer, dim, batch: batchSize, ...rows },
    };
  },
}));

/** The last item of each window of those who are tested or validate, over the whole catalogue. */
export const sequenceRanking: Contest = {
  group,
  name: 'MRR of the last items, LSTM, dim 128',
  per: 'ranking',
  bar: 1 / 10,
  async prepare() {
    const all = await people();
    const { test, validation } = windowTargets(split, { length, minimum: 20 }).split(all, createRng('split'));
    const parts = [test, validation!];
    const network = sequenceLstm(options(128)).build(all.catalogue, createRng('model'));
    return {
      async ours() {
        const began = performance.now();
        for (const part of parts)
          await evaluate(createPredictor(network), part, { metrics: [mrr()], seen: 'rank-last' });
        return (performance.now() - began) / 1000;
      },
      request: {
        work: 'spotlight-mrr',
        dim: 128,
        ...sequenceFile('questions', parts.flatMap(questionRows), all.catalogue.itemCount),
      },
    };
  },
};
