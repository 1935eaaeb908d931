import { atRandom, type Dataset } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { popularity } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { twoStaged } from '../experiment/two-staged.js';
import { stopEarly } from '../fit/stop-early.js';
import {
  basketExperiment,
  createDataset,
  createTwoTastes,
  everySeventh,
  learnedExperiment,
  sharedSpec,
} from '../fixtures.js';
import { createDataLoader } from './data-loader.js';
import { runExperiment } from './run-experiment.js';
import { validateExperiment } from './validate-experiment.js';

const catchMessage = (work: Promise<unknown>): Promise<string> => work.then(String, (error: Error) => error.message);

describe('validateExperiment', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('has the numbers of the validation part of a run, for learned models and solvers', {
    timeout: 30_000,
  }, async () => {
    const stopped = { ...learnedExperiment, stopEarly: stopEarly({ metric: 'mrr', patience: 2 }) };
    const solved = defineExperiment({ ...sharedSpec, model: popularity() });
    for (const experiment of [learnedExperiment, stopped, solved, basketExperiment]) {
      const whole = await runExperiment(experiment);
      const validated = await validateExperiment(experiment);
      const means = Object.entries(whole.validation!).map(([name, { mean }]) => [name, mean]);
      expect(validated.validation).toEqual(Object.fromEntries(means));
      expect(validated.protocol).toEqual(whole.protocol);
      expect(validated.bestEpoch).toBe(whole.bestEpoch);
      expect(validated.training).toEqual(whole.training);
    }
  });

  it('never evaluates the test part, also if the experiment monitors it, and leaves no tensor', async () => {
    const split = everySeventh();
    const reads: string[] = [];
    const watched = {
      ...split,
      split: (...given: Parameters<typeof split.split>) => {
        const { test, ...parts } = split.split(...given);
        const targets = test.targets;
        return {
          ...parts,
          get test() {
            return {
              ...test,
              get targets() {
                reads.push(new Error('test').stack!);
                return targets;
              },
            };
          },
        };
      },
    };
    const before = tf.memory().numTensors;
    const { epochs } = await validateExperiment({ ...learnedExperiment, split: watched, monitor: 'test' as const });
    expect(tf.memory().numTensors).toBe(before);
    expect(epochs).toHaveLength(6);
    expect(epochs.every(({ validation, test }) => validation && test === undefined)).toBe(true);
    expect(reads.filter((stack) => /evaluate\.ts|measure/.test(stack))).toEqual([]);
    expect(reads.length).toBeGreaterThan(0); // what no model can know is left out of it, before training
  });

  it('waits for onEpoch, whose error ends the run', async () => {
    const seen: number[] = [];
    const run = validateExperiment(learnedExperiment, {
      async onEpoch({ epoch, validation }) {
        await Promise.resolve();
        expect(validation!.mrr).toBeGreaterThan(0);
        seen.push(epoch);
        if (epoch === 2) throw new Error('enough');
      },
    });
    const before = tf.memory().numTensors;
    expect(await catchMessage(run)).toBe('enough');
    expect(seen).toEqual([0, 1, 2]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('reads a dataset once for experiments that share it, and splits it once per seed', async () => {
    let loads = 0;
    let splits = 0;
    const dataset: Dataset = {
      ...createDataset(createTwoTastes()),
      load: async () => {
        loads++;
        return createTwoTastes();
      },
    };
    const split = everySeventh();
    const counted = {
      ...split,
      split: (...given: Parameters<typeof split.split>) => {
        splits++;
        return split.split(...given);
      },
    };
    const loader = createDataLoader();
    const solved = defineExperiment({ ...sharedSpec, dataset, split: counted, model: popularity() });
    for (const seed of [3, 4, 3, 4, 3]) await validateExperiment({ ...solved, seed }, { loader });
    expect([loads, splits]).toEqual([1, 2]);
  });

  it('refuses splits without a validation part, and two stages', async () => {
    const messages = [
      { ...learnedExperiment, split: atRandom({ test: 0.2 }) },
      twoStaged({ ...basketExperiment, stopEarly: stopEarly({ metric: 'ndcg@10' }) }),
    ].map((experiment) => catchMessage(validateExperiment(experiment)));
    expect(await Promise.all(messages)).toMatchInlineSnapshot(`
      [
        "validateExperiment(split): expected a split with a validation part, received at-random(0.2), which has none. Choose a split that has one, e.g. leaveLastOut().",
        "validateExperiment: expected an experiment of one stage, received a two-staged one. Choose the final weight of the penalty as a parameter: annealed({ cap, epochs }).",
      ]
    `);
  });
});
