import { describe, expect, it } from 'vitest';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { createPenaltyFigures } from './penalty-figures.js';
import { sample } from './sample.fixture.js';

const group = sample.results as unknown as ResultGroup<StoredResult>;

describe('createPenaltyFigures', () => {
  it('draws experiments with one schedule of the penalty in one figure', () => {
    const [figure, ...others] = createPenaltyFigures(group);
    expect(others).toEqual([]);
    expect(figure!.series.map(({ name }) => name)).toEqual(['grid-50-vae', 'grid-100-vae', 'grid-200-vae', 'best']);
  });

  it('draws no weights that stay the same', () => {
    const constant = group.map((result) => ({
      ...result,
      runs: result.runs.map((run) => ({ ...run, penaltyWeights: run.losses.map(() => 0) })),
    }));
    expect(createPenaltyFigures(constant as unknown as typeof group)).toEqual([]);
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
