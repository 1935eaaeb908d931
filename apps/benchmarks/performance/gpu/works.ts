import { createRng } from '@footlight/core';
import { type SyntheticInteractionsOptions, syntheticInteractions, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss, multinomialLoss } from '@footlight/losses';
import { factorization, multVae, type Representation, sequenceLstm } from '@footlight/models';
import { constantPenalty, type FitOptions, fit } from '@footlight/trainer';

/** Training whose speed is measured. */
export interface Work {
  readonly name: string;
  /** What the script in PyTorch calls the same work. */
  readonly peer: string;
  readonly unit: string;
  /** Trains two epochs and measures the second; `signal` ends it. */
  measure(signal: AbortSignal): Promise<number>;
}

interface Training {
  readonly sizes: SyntheticInteractionsOptions;
  readonly model: Representation;
  readonly options: Pick<FitOptions, 'loss' | 'optimizer' | 'batchSize'> & Partial<FitOptions>;
}

/** Creates the works; `tiny` ones show that they run, on any machine. The script in PyTorch has the same sizes. */
export function createWorks({ tiny }: { tiny: boolean }): Work[] {
  const dim = tiny ? 8 : 128;
  const ratings = tiny
    ? { users: 60, items: 40, interactions: 600 }
    : { users: 6040, items: 3706, interactions: 1_000_209 };
  const clicks = tiny
    ? { users: 40, items: 200, interactions: 800 }
    : { users: 2000, items: 20_108, interactions: 146_000 };
  const batches = tiny ? [32, 256] : [1 << 12, 1 << 15, 1 << 18];
  const history = tiny ? 9 : 99;
  const rowsPerStep = tiny ? 20 : 500;
  return [
    ...batches.map((batchSize): Work => {
      const options = { loss: bprLoss(), batchSize, ...createShared() };
      return {
        name: `BPR, dim ${dim}, lazy Adam, batch ${batchSize}`,
        peer: `bpr-${batchSize}`,
        unit: 'interactions per second',
        measure: async (signal) => {
          const seconds = await measureEpoch({ sizes: ratings, model: factorization({ dim }), options }, signal);
          return ratings.interactions / seconds;
        },
      };
    }),
    {
      name: `LSTM, dim ${dim}, ${history + 1} steps, BPR, batch ${tiny ? 16 : 208}`,
      peer: 'lstm',
      unit: 'seconds per epoch',
      measure: (signal) =>
        measureEpoch(
          {
            sizes: ratings,
            model: sequenceLstm({ dim, history }),
            options: { loss: bprLoss(), batchSize: tiny ? 16 : 208, ...createShared() },
          },
          signal,
        ),
    },
    {
      name: `Mult-VAE, ${clicks.items} items, batch ${rowsPerStep}`,
      peer: 'mult-vae',
      unit: 'seconds per step',
      measure: async (signal) => {
        const options = {
          loss: multinomialLoss(),
          optimizer: adam({ learningRate: 1e-3, rows: 'dense' }),
          penalty: constantPenalty({ weight: 0.2 }),
          batchSize: rowsPerStep,
        };
        const seconds = await measureEpoch({ sizes: clicks, model: multVae(), options }, signal);
        return seconds / Math.ceil(clicks.users / rowsPerStep);
      },
    },
  ];
}

function createShared(): Pick<FitOptions, 'optimizer' | 'negatives'> {
  return {
    optimizer: adam({ learningRate: 1e-3 }),
    negatives: uniformNegatives({ count: 1, reject: 'nothing' }),
  };
}

/** @returns seconds of the second epoch: the first compiles and fills caches */
async function measureEpoch({ sizes, model, options }: Training, signal: AbortSignal): Promise<number> {
  const train = await syntheticInteractions(sizes).load({ rng: createRng('data') });
  const network = model.build(train.catalogue, createRng('model'));
  let measured = Number.NaN;
  for await (const { seconds } of fit(network, train, { ...options, epochs: 2, rng: createRng('fit'), signal }))
    measured = seconds;
  return measured;
}
