import { describe, expect, it } from 'vitest';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { sample } from './sample.fixture.js';
import {
  createEpochLossFigures,
  createPenaltyFigures,
  createRunLossFigures,
  createWidthFigures,
} from './write-up-section.js';

const group = sample.results as unknown as ResultGroup<StoredResult>;

describe('createPenaltyFigures', () => {
  it('draws experiments with one schedule of the penalty in one figure', () => {
    const [figure, ...others] = createPenaltyFigures(group);
    expect(others).toEqual([]);
    expect(figure!.series.map(({ name }) => name)).toEqual(['grid-50-vae', 'grid-100-vae', 'grid-200-vae', 'best']);
  });

  it('separates schedules that differ', () => {
    const slower = group.map((result) => ({
      ...result,
      runs: result.runs.map((run) => ({
        ...run,
        ...(result.experiment === 'sample/grid-50-vae' && run.penaltyWeights
          ? { penaltyWeights: run.penaltyWeights.map((weight) => weight / 2) }
          : {}),
      })),
    }));
    expect(createPenaltyFigures(slower as unknown as typeof group)).toHaveLength(2);
  });
});

describe('createWidthFigures', () => {
  it('draws a line per model, in order of the widths', () => {
    const [{ series }] = createWidthFigures(group) as [ReturnType<typeof createWidthFigures>[number]];
    expect(series).toMatchObject([
      { name: 'mult-vae', points: [{ x: 50 }, { x: 100 }, { x: 200 }] },
      { name: 'mult-dae', points: [{ x: 100 }, { x: 200 }] },
    ]);
  });

  it('needs two widths of a model', () => expect(createWidthFigures([group[0]])).toEqual([]));
});

describe('figures of a metric against the loss', () => {
  it('separate losses with and without a penalty', () => {
    const labels = (figures: ReturnType<typeof createRunLossFigures>) => [...new Set(figures.map(({ x }) => x.label))];
    const both = ['loss: multinomial + β · penalty (mean per query)', 'loss: multinomial (mean per query)'];
    expect(labels(createEpochLossFigures(group))).toEqual(both);
    expect(labels(createRunLossFigures(group))).toEqual(both);
  });
});
