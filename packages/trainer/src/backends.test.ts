import { createRng } from '@footlight/core';
import { adam, useBackend } from '@footlight/engine';
import { listTestBackends } from '@footlight/engine/testing';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { defineExperiment } from './experiment/define-experiment.js';
import { learnedExperiment } from './fixtures.js';
import { runExperiment } from './run/run-experiment.js';
import { copyParameters } from './storage/parameters.js';

const backends = listTestBackends({ all: true });
const experiment = defineExperiment({ ...learnedExperiment, optimizer: () => adam({ learningRate: 0.03 }) });

describe(`the backends ${backends.join(', ')}`, () => {
  it('start from the same weights, byte for byte, and end with metrics within 0.005', async () => {
    const found = [];
    for (const backend of backends) {
      await useBackend(backend);
      const weights = await copyParameters(
        collectParameters(
          learnedExperiment.model.build({ userCount: 3, itemCount: 7 }, createRng('weights')).parameters,
        ),
      );
      const { metrics } = await runExperiment(experiment);
      found.push({ weights, ndcg: metrics['ndcg@10']!.mean, mrr: metrics['mrr']!.mean });
    }
    const [first, ...others] = found;
    for (const other of others) {
      expect(other.weights).toEqual(first!.weights);
      expect(Math.abs(other.ndcg - first!.ndcg)).toBeLessThan(0.005);
      expect(Math.abs(other.mrr - first!.mrr)).toBeLessThan(0.005);
    }
  });

  it.each(backends)('produce the same bytes for the same seed twice on %s', async (backend) => {
    await useBackend(backend);
    const [one, two] = [await runExperiment(experiment), await runExperiment(experiment)];
    expect(one.values).toEqual(two.values);
    expect(await copyParameters(collectParameters(one.recommender.predictor.parameters))).toEqual(
      await copyParameters(collectParameters(two.recommender.predictor.parameters)),
    );
  });
});
