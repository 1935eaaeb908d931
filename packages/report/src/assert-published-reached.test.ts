import { describe, expect, it } from 'vitest';
import { assertPublishedReached } from './assert-published-reached.js';
import type { ExperimentResult } from './result.js';

const result = (mean: number): ExperimentResult =>
  ({
    experiment: 'talk/a',
    metrics: { mrr: { mean, standardError: 0, values: [mean] } },
    published: { mrr: 0.06 },
  }) as unknown as ExperimentResult;

describe('assertPublishedReached', () => {
  it('compares metrics, not what else is published', () => {
    const published = { mrr: 0.06, loss: 349.714 };
    expect(() => assertPublishedReached([{ ...result(0.06), published }])).not.toThrow();
  });

  it('rounds results to the digits of the publication', () => {
    expect(() => assertPublishedReached([result(0.0551), result(0.0649)])).not.toThrow();
  });

  it('lists the metrics that differ', () => {
    expect(() => assertPublishedReached([result(0.0549), result(0.06)])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight run --check: expected mrr 0.06 for talk/a, received 0.0549.]`,
    );
  });
});
