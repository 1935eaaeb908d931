import { describe, expect, it } from 'vitest';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { createEpochLossFigures, createRunLossFigures } from './loss-figures.js';
import { sample } from './sample.fixture.js';

const group = sample.results as unknown as ResultGroup<StoredResult>;

describe('figures of a metric against the loss', () => {
  it('separate losses with and without a penalty', () => {
    const labels = (figures: ReturnType<typeof createRunLossFigures>) => [...new Set(figures.map(({ x }) => x.label))];
    const both = ['loss: multinomial + β · penalty (mean per query)', 'loss: multinomial (mean per query)'];
    expect(labels(createEpochLossFigures(group))).toEqual(both);
    expect(labels(createRunLossFigures(group))).toEqual(both);
  });
});
