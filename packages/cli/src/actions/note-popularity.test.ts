import { leaveLastOut, rows } from '@footlight/datasets';
import { useBackend } from '@footlight/engine';
import { bprLoss, pointwiseLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { factorization } from '@footlight/models';
import { defineExperiment, type Experiment } from '@footlight/trainer';
import { beforeAll, describe, expect, it } from 'vitest';
import { noteBelowPopularity } from './note-popularity.js';

/** Each user ends with item 0, which is the most popular one; the others differ. */
const histories = Array.from({ length: 9 }, (_, user) =>
  [0, 1, 2, 3].map((time) => ({ user, item: time === 3 || (time === 0 && user === 0) ? 0 : 1 + user + time, time })),
).flat();
const dataset = rows(histories, { name: 'histories', user: 'user', item: 'item', time: 'time' });

const define = (loss: typeof pointwiseLoss | typeof bprLoss): Experiment =>
  defineExperiment({
    ...{ dataset, split: leaveLastOut({ validation: false }), metrics: [mrr()], seed: 1 },
    ...{ model: factorization({ dim: 2 }), loss: loss(), epochs: 1 },
  });

describe('noteBelowPopularity', () => {
  beforeAll(() => useBackend('cpu'));

  const note = async (mean: number, experiment = define(pointwiseLoss)): Promise<string> => {
    const written: string[] = [];
    const err = { write: (text: string) => written.push(text) > 0 };
    const result = { experiment: 'own/likes', metrics: { mrr: { mean, standardError: null, values: [mean] } } };
    const context = { err, signal: new AbortController().signal } as Parameters<typeof noteBelowPopularity>[3];
    await noteBelowPopularity(experiment, result, undefined, context);
    return written.join('');
  };

  it('says that a pointwise loss ranks below popularity, and why', async () => {
    expect(await note(0.01)).toMatchInlineSnapshot(`
      "own/likes: mrr 0.0100 is below that of popularity, 0.1181. The pointwise loss counts errors: scores of all frequent items saturate, and their order is lost. Try --loss logistic, bpr or softmax, fewer epochs, or a lower learning rate.
      "
    `);
  });

  it('says nothing otherwise, nor of other losses', async () => {
    expect(await note(0.99)).toBe('');
    expect(await note(0.01, define(bprLoss))).toBe('');
  });
});
