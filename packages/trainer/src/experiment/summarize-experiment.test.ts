import { tf } from '@footlight/engine';
import { factorization, popularity } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { learnedExperiment, sharedSpec } from '../fixtures.js';
import { defineExperiment } from './define-experiment.js';
import { summarizeExperiment } from './summarize-experiment.js';

describe('summarizeExperiment', () => {
  it('lists the parameters for the users and items of the data', async () => {
    const before = tf.memory().numTensors;
    // 60 users and 34 items with 5 numbers and a bias each
    expect(await summarizeExperiment(learnedExperiment)).toMatchObject({ userCount: 60, itemCount: 34, count: 94 * 6 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('counts what a solver holds', async () => {
    const experiment = defineExperiment({ ...sharedSpec, model: popularity() });
    expect(await summarizeExperiment(experiment)).toMatchObject({ kind: 'solver', count: 34 });
  });

  it('counts the users and items that filters leave', async () => {
    const { dataset } = learnedExperiment;
    const half = {
      name: 'half',
      protocol: {},
      apply: (all: Awaited<ReturnType<typeof dataset.load>>) => ({
        ...all,
        catalogue: { ...all.catalogue, userCount: 70, userIds: Int32Array.from({ length: 70 }, (_, user) => user) },
      }),
    };
    const experiment = defineExperiment({ ...learnedExperiment, filters: [half], model: factorization({ dim: 5 }) });
    expect((await summarizeExperiment(experiment)).count).toBe(104 * 6);
  });
});
