import { describe, expect, it } from 'vitest';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { createEpochLossFigures, createRunLossFigures } from './loss-figures.js';
import { sample } from './sample.fixture.js';

const group = sample.results as unknown as ResultGroup<StoredResult>;

describe('figures of a metric against the loss', () => {
  it('separate losses with and without a penalty', () => {
    const labels = (figures: ReturnType<typeof createRunLossFigures>) => [...new Set(figures.map(({ x }) => x.label))];
    const both = [
      'training loss: multinomial + β · penalty (mean per query)',
      'training loss: multinomial (mean per query)',
    ];
    expect(labels(createEpochLossFigures(group))).toEqual(both);
    expect(labels(createRunLossFigures(group))).toEqual(both);
  });

  it('draw the loss of the evaluated part where it was measured', () => {
    const evaluated = group.map((result) => ({
      ...result,
      runs: result.runs.map((run) => ({ ...run, testLoss: 77, validationLosses: run.losses.map((_, at) => 70 + at) })),
    })) as unknown as ResultGroup<StoredResult>;
    const [run] = createRunLossFigures(evaluated);
    expect(run!.x.label).toBe('test loss: multinomial + β · penalty (mean per query)');
    expect(run!.series.flatMap((each) => (each.draw === 'points' ? each.points.map(({ x }) => x) : []))).toContain(77);
    const [epoch] = createEpochLossFigures(evaluated);
    expect(epoch!.x.label).toBe('validation loss: multinomial + β · penalty (mean per query)');
    expect(epoch!.series[0]).toMatchObject({ points: expect.arrayContaining([expect.objectContaining({ x: 71 })]) });
  });

  it('separate results with and without that loss', () => {
    const [first, ...others] = group;
    const some = [{ ...first, runs: first.runs.map((run) => ({ ...run, validationLosses: run.losses })) }, ...others];
    const labels = createEpochLossFigures(some as unknown as ResultGroup<StoredResult>).map(({ x }) => x.label);
    expect(labels).toContain('validation loss: multinomial + β · penalty (mean per query)');
    expect(labels).toContain('training loss: multinomial + β · penalty (mean per query)');
  });
});
