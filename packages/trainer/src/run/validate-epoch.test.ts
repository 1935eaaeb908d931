import { tf } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { plateau } from '../fit/plateau.js';
import { basketExperiment } from '../fixtures.js';
import { runExperiment } from './run-experiment.js';

describe('validateEpoch, for a schedule that reads the validation part', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('evaluates the part after every epoch', async () => {
    const schedule = plateau({ metric: 'ndcg@10', patience: 0, factor: 0.5, threshold: 0.9 });
    const { epochs, bestEpoch } = await runExperiment({ ...basketExperiment, epochs: 3, schedule });
    expect(epochs.map(({ validation }) => typeof validation!['ndcg@10'])).toEqual(['number', 'number', 'number']);
    expect(bestEpoch).toBeUndefined();
  });

  it('lowers the learning rate, which changes the parameters', async () => {
    const trainWeights = async (schedule: ReturnType<typeof plateau>) => {
      const { recommender } = await runExperiment({ ...basketExperiment, epochs: 3, schedule });
      return (recommender.predictor.parameters['item'] as { weight: tf.Variable }).weight.dataSync();
    };
    const options = { metric: 'ndcg@10', factor: 0.01, threshold: 0.9 };
    const [patient, hasty] = [
      await trainWeights(plateau({ ...options, patience: 9 })),
      await trainWeights(plateau({ ...options, patience: 0 })),
    ];
    expect(hasty).not.toEqual(patient);
  });

  it('needs a metric of the experiment', () =>
    expect(() =>
      defineExperiment({ ...basketExperiment, schedule: plateau({ metric: 'mrr' }) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(schedule.metric): expected one of ndcg@10, received mrr.]`,
    ));
});
