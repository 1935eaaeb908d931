import { tf } from '@footlight/engine';
import { auc, type RankMetric } from '@footlight/metrics';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { stopEarly } from '../fit/stop-early.js';
import { learnedExperiment } from '../fixtures.js';
import { toJson, toMarkdown } from './format-report.js';
import { runExperiment } from './run-experiment.js';

describe('runExperiment, without epochs', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('evaluates the initial model, whose AUC is that of chance', async () => {
    const experiment = defineExperiment({ ...learnedExperiment, metrics: [auc()], epochs: 0 });
    const untrained = await runExperiment(experiment);
    const afterTraining = await runExperiment({ ...experiment, epochs: 20 });
    expect(untrained.epochs).toEqual([]);
    expect(Math.abs(untrained.metrics['auc']!.mean - 0.5)).toBeLessThan(0.1);
    expect(afterTraining.metrics['auc']!.mean).toBeGreaterThan(0.7);
    for (const text of [toJson(untrained), toMarkdown(untrained)]) expect(text).toContain('auc');
  });

  it('evaluates it with early stopping and with refit too', async () => {
    const experiment = {
      ...learnedExperiment,
      epochs: 0,
      stopEarly: stopEarly({ metric: 'ndcg@10' }),
      refit: true as const,
    };
    const { epochs, bestEpoch, metrics } = await runExperiment(defineExperiment(experiment));
    expect([epochs, bestEpoch]).toEqual([[], undefined]);
    expect(metrics['ndcg@10']!.mean).toBeGreaterThan(0);
  });
});

describe('runExperiment, with a metric of the validation part that is NaN', () => {
  const createMetric = (values: readonly number[]): RankMetric => {
    let evaluated = 0;
    return {
      kind: 'rank',
      name: 'own',
      protocol: {},
      measure: () => values[Math.min(Math.floor(evaluated++ / 60), values.length - 1)]!, // 60 users each time
    };
  };
  const run = (values: readonly number[]) =>
    runExperiment(
      defineExperiment({
        ...learnedExperiment,
        epochs: 4,
        metrics: [createMetric(values)],
        stopEarly: stopEarly({ metric: 'own', patience: 3 }),
      }),
    );

  it('takes the first number for the best so far', async () => {
    const { bestEpoch, epochs } = await run([Number.NaN, 0.3, 0.2, 0.1]);
    expect([bestEpoch, epochs.length]).toEqual([1, 4]);
  });

  it('ends with an error if there is no number', async () => {
    await expect(run([Number.NaN])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runExperiment(stopEarly): expected a number for own of the validation part, received NaN after each of 4 epochs. Do all queries lack a value, or did the training diverge?]`,
    );
  });
});
