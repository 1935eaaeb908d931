import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng, omitUndefined } from '@footlight/core';
import { popularNegatives, uniformNegatives } from '@footlight/datasets';
import { adam, sgd, tf } from '@footlight/engine';
import { leaveDeviceBackend, useDeviceBackend } from '@footlight/engine/testing';
import { collectParameters } from '@footlight/layers';
import { bprLoss, type RankingLoss, sampledSoftmaxLoss, softmaxLoss, squaredLoss } from '@footlight/losses';
import { factorization, sequenceGru } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { createInteractions, createTwoTastes } from '../fixtures.js';
import { fileCheckpoint } from '../storage/checkpoint.js';
import { copyParameters } from '../storage/parameters.js';
import { fit } from './fit.js';
import type { FitOptions } from './types.js';

const train = createTwoTastes();
const createOptions = (more: Partial<FitOptions> = {}): FitOptions => ({
  loss: bprLoss(),
  negatives: uniformNegatives({ count: 3 }),
  optimizer: adam({ learningRate: 0.02 }),
  epochs: 4,
  batchSize: 37,
  rng: createRng('fit'),
  ...more,
});
const build = () => factorization({ dim: 5 }).build(train.catalogue, createRng('model'));

/** Runs to the end, or until the given number of epochs, and returns losses and weights. */
async function run(options: FitOptions, stopAfter = Number.POSITIVE_INFINITY) {
  const network = build();
  const losses: number[] = [];
  let weights = new Map();
  for await (const { loss, state } of fit(network, train, options)) {
    losses.push(loss);
    weights = await copyParameters(state.parameters);
    if (losses.length >= stopAfter) break;
  }
  return { losses, weights };
}

function longestHistory({ users, catalogue }: typeof train): number {
  return Math.max(...Array.from({ length: catalogue.userCount }, (_, user) => users.filter((u) => u === user).length));
}

describe('fit', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each([bprLoss(), softmaxLoss(), squaredLoss()])('lowers the loss: $kind', async (loss) => {
    const { negatives: _, ...rest } = createOptions({ epochs: 8, loss });
    const { losses } = await run(rest);
    expect(losses.at(-1)!).toBeLessThan(0.97 * losses[0]!);
  });

  it('trains what the network plans for an epoch, and calls it before the first step', async () => {
    const begun: number[] = [];
    const network = {
      ...build(),
      planEpoch: (epoch: number) => ({
        trains: (path: string) => path.startsWith('user') === (epoch === 1),
        begin: () => void begun.push(epoch),
      }),
    };
    let before = await copyParameters(collectParameters(network.parameters));
    const changed: string[][] = [];
    for await (const { state } of fit(network, train, createOptions({ epochs: 3 }))) {
      const now = await copyParameters(state.parameters);
      changed.push(
        [...now].flatMap(([path, { values }]) => (values.join() === before.get(path)!.values.join() ? [] : [path])),
      );
      before = now;
    }
    const items = ['item/weight', 'itemBias/weight'];
    expect(changed).toEqual([items, ['user/weight'], items]); // the loss compares items, so that biases of users stay
    expect(begun).toEqual([0, 1, 2]);
  });

  it('produces the same bytes for the same seed, and other bytes for another seed', async () => {
    const first = await run(createOptions());
    expect(await run(createOptions())).toEqual(first);
    expect((await run(createOptions({ rng: createRng('other') }))).losses).not.toEqual(first.losses);
  });

  it.each([bprLoss(), softmaxLoss()])(
    'has the numbers of short windows with windows that are mostly padding: $name',
    async (loss) => {
      const fitWindows = async (length: number, lengthPool?: number) => {
        const network = sequenceGru({ dim: 3, history: 40 }).build(train.catalogue, createRng('model'));
        const losses: number[] = [];
        const windows = { length, order: 'source', ...omitUndefined({ lengthPool }) } as const;
        for await (const { loss: value } of fit(network, train, createOptions({ loss, windows, epochs: 2 })))
          losses.push(value);
        return losses;
      };
      const [first, second] = await fitWindows(40);
      const short = await fitWindows(longestHistory(train));
      expect(short[0]).toBeCloseTo(first!, 6);
      expect(short[1]).toBeCloseTo(second!, 6);
      expect(await fitWindows(40, 2)).toEqual(await fitWindows(40, 2)); // the same bytes for a seed
    },
  );

  it('leaves no tensors but the parameters', async () => {
    const network = build();
    const before = tf.memory().numTensors;
    for await (const _ of fit(network, train, createOptions({ optimizer: sgd({ learningRate: 0.1 }) }))) void _;
    expect(tf.memory().numTensors).toBe(before);
  });

  it('reads nothing but the losses from a device, and leaves no tensors but the parameters there', async () => {
    const reads = await useDeviceBackend();
    const network = build();
    const before = tf.memory().numTensors;
    const options = createOptions({ optimizer: adam({ learningRate: 0.1 }) });
    const losses: number[] = [];
    for await (const { loss, state } of fit(network, train, options)) {
      expect(reads.floats).toBe(12); // the losses of 12 steps
      expect(tf.memory().numTensors).toBe(before + 2 * state.parameters.size); // moments
      losses.push(loss);
      reads.floats = 0;
    }
    expect(reads.floats).toBe(8); // the moments of four parameters, at the end
    expect(tf.memory().numTensors).toBe(before);
    await leaveDeviceBackend();
    const { losses: expected } = await run(createOptions({ optimizer: adam({ learningRate: 0.1 }) }));
    for (const [epoch, loss] of expected.entries()) expect(losses[epoch]).toBeCloseTo(loss, 4);
  });

  it('continues from a checkpoint with the bytes of an uninterrupted run', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'run.safetensors');
    const checkpoint = () => fileCheckpoint({ path, key: 'this run', seconds: 0 }); // after every step
    const whole = await run(createOptions());

    const stop = new AbortController();
    let steps = 0;
    const halting = {
      ...checkpoint(),
      write: async (...args: Parameters<ReturnType<typeof checkpoint>['write']>) => {
        await checkpoint().write(...args);
        if (++steps === 17) stop.abort(); // 12 steps an epoch: in the middle of the second
      },
    };
    await expect(run(createOptions({ checkpoint: halting, signal: stop.signal }))).rejects.toThrow(/abort/);
    const resumed = await run(createOptions({ checkpoint: checkpoint() }));
    expect(resumed.weights).toEqual(whole.weights);
    expect(resumed.losses).toEqual(whole.losses.slice(1));
  });

  it('stops at a loss that is not finite and reports the step', async () => {
    const explode = {
      ...bprLoss(),
      compute: ({ positive }: { positive: tf.Tensor1D }) => tf.log(tf.mul(positive, Number.NaN)) as tf.Tensor1D,
    };
    await expect(run(createOptions({ loss: explode }))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit: expected a finite loss, received NaN. Epoch 0, step 0; try a smaller learning rate.]`,
    );
  });

  it('passes the probabilities of the negatives to a loss that needs them', async () => {
    const loss = sampledSoftmaxLoss({ correction: 'log-q' });
    const negatives = popularNegatives({ count: 3 });
    const { losses } = await run(createOptions({ epochs: 8, loss, negatives }));
    expect(losses.at(-1)!).toBeLessThan(0.97 * losses[0]!);
    expect((await run(createOptions({ epochs: 8, loss: sampledSoftmaxLoss(), negatives }))).losses).not.toEqual(losses);
    // Uniform negatives are drawn with equal probability 1 / (items − 1): the correction is the same for all.
    const count = train.catalogue.itemCount - 1;
    const measureFirst = async (of: RankingLoss) => {
      const { losses: own } = await run(createOptions({ loss: of, negatives: uniformNegatives({ count }), epochs: 1 }));
      return own[0]!;
    };
    expect(await measureFirst(sampledSoftmaxLoss())).toBeCloseTo(await measureFirst(loss), 6);
    const unknown = { ...negatives, prepare: () => ({ sample: () => new Int32Array(0) }) };
    await expect(run(createOptions({ loss, negatives: unknown }))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(negatives): expected a sampler that states its probabilities, for the loss sampled-softmax(log-q), received popular(3, exponent 0.75). Try uniformNegatives or popularNegatives.]`,
    );
  });

  it('reports what is missing', async () => {
    const drain = async (...args: Parameters<typeof fit>) => {
      for await (const _ of fit(...args)) void _;
    };
    await expect(
      drain(build(), createInteractions([], 60, 34), createOptions()),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(train): expected at least one interaction, received none. The filters or the split removed every training interaction.]`,
    );
    const { ratings: _, ...unrated } = train;
    const { negatives: __, ...rest } = createOptions();
    await expect(drain(build(), unrated, { ...rest, loss: squaredLoss() })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(loss): expected interactions with ratings for a rating loss, received squared. Try bprLoss(), or name the rating column.]`,
    );
  });
});
