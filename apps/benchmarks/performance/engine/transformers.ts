import { createRng } from '@footlight/core';
import { type Interactions, leaveLastOut, s3rec, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { sampledSoftmaxLoss } from '@footlight/losses';
import { sasRec } from '@footlight/models';
import { fit } from '@footlight/trainer';
import type { BenchmarkCase } from '../measure/benchmark-case.js';
import { loadRatings, selectUsers } from './movielens-1m.js';
import { listWindows, writeSequences } from './sequences.js';

const batchSize = 128;
const negatives = 256;
const options = { dim: 64, blocks: 2, heads: 2 };

interface Configuration {
  readonly name: string;
  /** Steps that the model reads. */
  readonly history: number;
  load(): Promise<Interactions>;
}

/** The first users: four batches of Toys, whose histories are short, and two of MovieLens, whose windows are full. */
const configurations: Configuration[] = [
  {
    name: 'Toys, length 50, the first 512 users',
    history: 50,
    async load() {
      const rng = createRng('benchmarks');
      const { train } = leaveLastOut().split(await s3rec('Toys_and_Games').load({ rng }), rng);
      return takeUsers(train, 512);
    },
  },
  {
    name: 'MovieLens 1M, length 200, users 1 to 150',
    history: 200,
    load: async () => selectUsers(await loadRatings(), 150),
  },
];

/** The interactions of the first users. */
export function takeUsers(all: Interactions, count: number): Interactions {
  const rows = [...all.users.keys()].filter((row) => all.users[row]! < count);
  return {
    catalogue: all.catalogue,
    users: Int32Array.from(rows, (row) => all.users[row]!),
    items: Int32Array.from(rows, (row) => all.items[row]!),
    timestamps: Float64Array.from(rows, (row) => all.timestamps![row]!),
  };
}

/**
 * Epochs of SASRec beside the same model in PyTorch, written as usual: every window has all steps, and padding goes
 * through all layers. It is sampled for, scored and masked, or left out before the loss; `peers/sas_rec.py` does both.
 * Footlight computes real steps alone.
 */
export const transformers: BenchmarkCase[] = configurations.map(({ name, history, load }) => ({
  group: `SASRec, dim ${options.dim}, ${options.blocks} blocks, ${options.heads} heads, batch ${batchSize}`,
  name: `${name}, sampled softmax × ${negatives}`,
  unit: 'epoch',
  maxRatio: 1 / 2,
  async prepare() {
    const train = await load();
    const cut = { length: history + 1 };
    const model = sasRec({ ...options, history, dropout: 0.2, biases: false });
    const epochs = fit(model.build(train.catalogue, createRng('model')), train, {
      loss: sampledSoftmaxLoss(),
      negatives: uniformNegatives({ count: negatives, reject: 'nothing' }),
      optimizer: adam({ learningRate: 0.001, rows: 'dense' }),
      epochs: Number.MAX_SAFE_INTEGER,
      ...{ batchSize, windows: cut, rng: createRng('fit') },
    });
    const rows = writeSequences(
      `transformer-${history}`,
      listWindows(train, cut),
      train.catalogue.itemCount,
      cut.length,
    );
    return {
      run: async () => ({ seconds: (await epochs.next()).value!.seconds }),
      request: { work: 'sas-rec', ...options, batch: batchSize, negatives, dropout: 0.2, ...rows },
    };
  },
}));
