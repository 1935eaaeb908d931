import { describe, expect, it } from 'vitest';
import type { QueryValues } from '../query-values.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { createActivityFigures, createBins } from './activity-figures.js';
import { sample } from './sample.fixture.js';

const group = [sample.results[0]!] as ResultGroup<StoredResult>;
const create = (values: Partial<QueryValues>) =>
  createActivityFigures(group, new Map([[group[0].experiment, { ...sample.values[0]!, ...values }]]));

describe('createBins', () => {
  it('makes five groups of about equal size, and keeps equal counts together', () => {
    expect(createBins([5, 1, 4, 2, 3]).map(({ queries }) => queries)).toEqual([[1], [3], [4], [2], [0]]);
    expect(createBins([1, 1, 1, 1, 1, 9])).toEqual([
      { from: 1, to: 1, queries: [0, 1, 2, 3, 4] },
      { from: 9, to: 9, queries: [5] },
    ]);
    expect(createBins([])).toEqual([]);
  });
});

describe('createActivityFigures', () => {
  it('averages the metric over the queries of a group, without those where it is undefined', () => {
    const users = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const recall = [1, 0, 0.5, null, 0, 0, 1, 1, 0.25, 0.75];
    const [activity, popularity] = create({
      users,
      metrics: { 'recall@20': recall },
      activity: users.map((user) => 10 + user),
      popularity: users.map((user) => 100 - 10 * user),
    });
    const getValues = (figure: typeof activity) => {
      const [series] = figure!.series;
      return series?.draw === 'line' ? series.points.map(({ y }) => y) : [];
    };
    expect(getValues(activity)).toEqual([0.5, 0.5, 0, 1, 0.5]);
    expect(getValues(popularity)).toEqual([0.5, 1, 0, 0.5, 0.5]);
    expect(activity!.x.format!(0)).toBe('10–11');
    expect(popularity!.description).toBe('For users with the rarest test items, grid-50-vae is best: 0.5000.');
  });

  it('has no figure where all users are alike, or without counts', () => {
    expect(create({ activity: sample.values[0]!.users.map(() => 3), popularity: [] })).toEqual([]);
    expect(createActivityFigures(group, new Map())).toEqual([]);
  });
});
