import { popularity } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { sharedSpec } from '../fixtures.js';
import { toJson, toMarkdown } from './format-report.js';
import { runExperiment } from './run-experiment.js';

describe('toJson and toMarkdown', () => {
  it('contain the protocol, the seed and the metrics', async () => {
    const outcome = await runExperiment(
      defineExperiment({ ...sharedSpec, model: popularity(), published: { mrr: 0.25 } }),
    );
    const parsed = JSON.parse(toJson(outcome));
    expect(parsed).toMatchObject({
      seed: 3,
      protocol: { hash: outcome.protocol.hash },
      published: { mrr: 0.25 },
      metrics: { mrr: { mean: outcome.metrics['mrr']!.mean } },
    });
    expect(parsed).not.toHaveProperty('recommender');
    const text = toMarkdown(outcome);
    expect(text).toContain(outcome.protocol.hash);
    expect(text).toContain(`| mrr     |    0.2500 | ${outcome.metrics['mrr']!.mean.toPrecision(4)}`);
  });
});
