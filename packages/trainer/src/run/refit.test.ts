import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { byUser, joinValidation, type Split, windowTargets } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { popularity, sequencePooling } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { compareProtocols } from '../experiment/describe-protocol.js';
import { plateau } from '../fit/plateau.js';
import { cosineDecay } from '../fit/schedule.js';
import { stopEarly } from '../fit/stop-early.js';
import { createInteractions, everySeventh, learnedExperiment, sharedSpec } from '../fixtures.js';
import { runExperiment } from './run-experiment.js';

/** The split whose training part is the training and the validation part of another. */
function joinParts(split: Split): Split {
  return {
    ...split,
    split(all, rng) {
      const { validation: _, ...parts } = split.split(all, rng);
      return { ...parts, train: joinValidation(split.split(all, rng)) };
    },
  };
}

describe('refit', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('chooses the epochs on the validation part, then trains on both parts for as many', async () => {
    const watched = { ...learnedExperiment, epochs: 9, stopEarly: stopEarly({ metric: 'ndcg@10', patience: 2 }) };
    const chosen = await runExperiment(watched);
    const outcome = await runExperiment({ ...watched, refit: true });
    expect(outcome.bestEpoch).toBe(chosen.bestEpoch);
    expect(outcome.validation).toEqual(chosen.validation);
    const { stopEarly: _, ...plain } = watched;
    const both = await runExperiment({ ...plain, epochs: chosen.bestEpoch! + 1, split: joinParts(everySeventh()) });
    expect(outcome.metrics).toEqual(both.metrics);
    expect(outcome.refitEpochs!.map(({ loss }) => loss)).toEqual(both.epochs.map(({ loss }) => loss));
    expect(outcome.sizes.train).toBe(360);
  });

  it('trains all epochs without stopEarly, and keeps the course of a schedule', async () => {
    const schedule = cosineDecay();
    const outcome = await runExperiment({ ...learnedExperiment, schedule, refit: true });
    const both = await runExperiment({ ...learnedExperiment, schedule, split: joinParts(everySeventh()) });
    expect(outcome.metrics).toEqual(both.metrics);
    expect(outcome.refitEpochs).toHaveLength(6);
  });

  it('solves a solver again, and trains a sequence model on whole histories of validation users', async () => {
    const solved = await runExperiment(defineExperiment({ ...sharedSpec, model: popularity(), refit: true }));
    const both = await runExperiment({ ...sharedSpec, model: popularity(), split: joinParts(everySeventh()) });
    expect(solved.metrics).toEqual(both.metrics);
    expect(solved.refitEpochs).toBeUndefined();
    const split = windowTargets(byUser({ test: 0.2, validation: 0.2 }), { length: 3 });
    const { negatives: _, ...rest } = learnedExperiment;
    const model = sequencePooling({ dim: 5, history: 2 });
    const sequences = { ...rest, model, split, epochs: 2 } as typeof learnedExperiment;
    const outcome = await runExperiment({ ...sequences, refit: true });
    const parts = split.split(await sharedSpec.dataset.load({ rng: createRng(1) }), createRng(1));
    expect(outcome.sizes.train).toBe(joinValidation(parts).users.length);
    expect(outcome.metrics).toEqual((await runExperiment({ ...sequences, split: joinParts(split) })).metrics);
  });

  it('tests a model of user ids on users whom only the validation part adds', async () => {
    const known = [0, 1, 2, 3, 4].map((item) => [item, 2 * item] as const);
    const late = [7, 2] as const;
    const select = (pairs: readonly (readonly [number, number])[]) => createInteractions(pairs, 60, 34);
    const split: Split = {
      name: 'late user',
      protocol: {},
      split: () => ({
        train: select(known),
        validation: { history: select(known), targets: select([[0, 4], late]) },
        test: {
          history: select([...known, [0, 4], late]),
          targets: select([
            [1, 4],
            [7, 6],
          ]),
        },
      }),
    };
    const outcome = await runExperiment({ ...learnedExperiment, split, refit: true });
    expect(outcome.metrics.mrr!.count).toBe(2);
    expect(outcome.validation!.mrr!.count).toBe(1);
  });

  it('resumes with the second training', async () => {
    const checkpoint = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'run');
    const experiment = { ...learnedExperiment, epochs: 3, refit: true } as const;
    const whole = await runExperiment(experiment);
    const stop = new AbortController();
    let epochs = 0;
    await expect(
      runExperiment(experiment, {
        checkpoint,
        signal: stop.signal,
        onEpoch: () => {
          if (++epochs === 5) stop.abort(new Error('stopped'));
        },
      }),
    ).rejects.toThrow('stopped');
    expect(existsSync(`${checkpoint}.refit`)).toBe(true);
    const resumed = await runExperiment(experiment, { checkpoint, resume: true });
    expect(resumed.metrics).toEqual(whole.metrics);
    expect(resumed.refitEpochs!.map(({ loss }) => loss)).toEqual(whole.refitEpochs!.map(({ loss }) => loss));
  });

  it('is part of the protocol', async () => {
    const [one, other] = [
      await runExperiment({ ...sharedSpec, model: popularity() }),
      await runExperiment({ ...sharedSpec, model: popularity(), refit: true }),
    ];
    expect(compareProtocols(one.protocol, other.protocol)).toEqual(['refit: absent ≠ true']);
  });

  it('needs a validation part, and a schedule that reads no metric', async () => {
    await expect(
      runExperiment({ ...sharedSpec, model: popularity(), refit: true, split: joinParts(everySeventh()) }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runExperiment(refit): expected a split with a validation part, received one without. Choose a split that has one, e.g. leaveLastOut().]`,
    );
    expect(() =>
      defineExperiment({ ...learnedExperiment, refit: true, schedule: plateau({ metric: 'mrr' }) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(refit): expected a schedule that reads no metric, since nothing is left to validate on while training again, received one that reads mrr. Try cosineDecay().]`,
    );
  });
});
