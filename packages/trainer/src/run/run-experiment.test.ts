import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { popularity } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate/evaluate.js';
import { defineExperiment } from '../experiment/define-experiment.js';
import { describeTraining } from '../experiment/describe-training.js';
import { stopEarly } from '../fit/stop-early.js';
import { createTwoTastes, everySeventh, learnedExperiment, sharedSpec } from '../fixtures.js';
import { toJson, toMarkdown } from './format-report.js';
import { runExperiment } from './run-experiment.js';

const createPath = async (name: string) => join(await mkdtemp(join(tmpdir(), 'footlight-')), name);

describe('runExperiment', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('learns the two tastes, better than popularity', async () => {
    const ours = await runExperiment(learnedExperiment);
    const floor = await runExperiment(defineExperiment({ ...sharedSpec, model: popularity() }));
    expect(ours.metrics['ndcg@10']!.mean).toBeGreaterThan(1.3 * floor.metrics['ndcg@10']!.mean);
    expect(ours.protocol.hash).toBe(floor.protocol.hash);
    expect(ours.values['ndcg@10']).toHaveLength(60);
    expect(ours.sizes).toEqual({ users: 60, items: 34, train: 300, test: 60 });
  });

  it('evaluates the validation part of every run, with the model that is tested', async () => {
    const floor = await runExperiment(defineExperiment({ ...sharedSpec, model: popularity() }));
    const { train, validation } = everySeventh().split(createTwoTastes(), createRng(1));
    const { metrics } = await evaluate(floor.recommender.predictor, validation!, { ...sharedSpec, train });
    const { mean, standardError, count } = metrics['ndcg@10']!;
    expect(floor.validation!['ndcg@10']).toEqual({ mean, standardError, count });
    const stopped = await runExperiment(
      defineExperiment({ ...learnedExperiment, stopEarly: stopEarly({ metric: 'ndcg@10' }) }),
    );
    expect(stopped.validation!['ndcg@10']!.mean).toBe(stopped.epochs[stopped.bestEpoch!]!.validation!['ndcg@10']);
    expect(toJson(stopped)).toContain('"validation": {\n    "ndcg@10": {');
    expect(toMarkdown(stopped)).toContain('queries | validation |');
  });

  it('resumes a run whose epochs are complete with the best epoch', async () => {
    const checkpoint = await createPath('complete');
    const experiment = { ...learnedExperiment, stopEarly: stopEarly({ metric: 'ndcg@10', patience: 6 }) };
    const whole = await runExperiment(experiment, { checkpoint });
    const resumed = await runExperiment(experiment, { checkpoint, resume: true });
    expect(resumed.bestEpoch).toBe(whole.bestEpoch);
    expect(resumed.metrics).toEqual(whole.metrics);
    expect(resumed.epochs).toEqual(whole.epochs);
  });

  it('computes the metrics of the monitored part after every epoch, and nothing else changes', async () => {
    const [plain, test, validation] = [
      await runExperiment(learnedExperiment),
      await runExperiment({ ...learnedExperiment, monitor: 'test' as const }),
      await runExperiment({ ...learnedExperiment, monitor: 'validation' as const }),
    ];
    expect(test.epochs.at(-1)!.test).toEqual({
      'ndcg@10': plain.metrics['ndcg@10']!.mean,
      mrr: plain.metrics['mrr']!.mean,
    });
    expect(test.epochs.every((epoch) => epoch.test && !epoch.validation)).toBe(true);
    expect(validation.epochs.at(-1)!.validation!['mrr']).toBe(plain.validation!['mrr']!.mean);
    expect(plain.epochs.every((epoch) => !epoch.test && !epoch.validation)).toBe(true);
    for (const { metrics, protocol } of [test, validation])
      expect({ metrics, protocol }).toEqual({
        metrics: plain.metrics,
        protocol: plain.protocol,
      });
    expect(describeTraining({ ...learnedExperiment, monitor: 'test' })).toEqual(describeTraining(learnedExperiment));
    expect(() =>
      defineExperiment({ ...learnedExperiment, monitor: 'train' as 'test' } as typeof learnedExperiment),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(monitor): expected 'validation' or 'test', received train.]`,
    );
  });

  it('stops early on the validation part and evaluates the best epoch', async () => {
    const outcome = await runExperiment(
      defineExperiment({ ...learnedExperiment, epochs: 40, stopEarly: stopEarly({ metric: 'ndcg@10', patience: 2 }) }),
    );
    const values = outcome.epochs.map(({ validation }) => validation!['ndcg@10']!);
    const best = values.indexOf(Math.max(...values));
    expect(outcome.bestEpoch).toBe(best);
    expect(outcome.epochs.length).toBe(best + 3);
    const until = await runExperiment(defineExperiment({ ...learnedExperiment, epochs: best + 1 }));
    expect(outcome.metrics).toEqual(until.metrics);
  });

  it('refuses a second run with the same checkpoint while another is at work', async () => {
    const checkpoint = await createPath('run.checkpoint');
    // Either may come first.
    const runs = await Promise.allSettled([1, 2].map(() => runExperiment(learnedExperiment, { checkpoint })));
    const [error] = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason as Error] : []));
    const [outcome] = runs.flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []));
    expect(error).toMatchObject({ code: 'locked' });
    expect(
      error!.message.replace(checkpoint, '…').replace(/process \d+, at work since .* UTC/, 'process …'),
    ).toMatchInlineSnapshot(
      `"runExperiment(checkpoint …): expected no other run of it, received process …. Wait until it ends, or choose another checkpoint."`,
    );
    expect(outcome!.metrics).toEqual((await runExperiment(learnedExperiment)).metrics);
    await runExperiment(learnedExperiment, { checkpoint });
  });

  it('refuses to stop early without a validation part', async () => {
    const blind = {
      ...everySeventh(),
      split: (all: ReturnType<typeof createTwoTastes>) => ({ train: all, test: { history: all, targets: all } }),
    };
    await expect(
      runExperiment(defineExperiment({ ...learnedExperiment, split: blind, stopEarly: stopEarly({ metric: 'mrr' }) })),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runExperiment(stopEarly): expected a split with a validation part, received one without. Choose a split that has one, e.g. leaveLastOut().]`,
    );
  });
});
