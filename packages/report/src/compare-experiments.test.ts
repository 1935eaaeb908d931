import { describe, expect, it } from 'vitest';
import { compareExperiments, formatComparisonTable, type MetricComparison } from './compare-experiments.js';
import type { QueryValues } from './query-values.js';

const createValues = (name: string, values: (number | null)[], users = values.map((_, user) => user)): QueryValues => ({
  experiment: name,
  protocol: 'abc',
  seeds: [1],
  users,
  metrics: { auc: values },
});

describe('compareExperiments', () => {
  it('averages differences over users that have a value in both', () => {
    const [compared] = compareExperiments(
      createValues('a', [0.9, 0.8, 0.7, null, 0.6]),
      createValues('b', [0.8, 0.7, 0.6, 0.9, null]),
    );
    expect(compared!.difference).toBeCloseTo(0.1, 9); // each of three
    expect([compared!.one, compared!.other].map((mean) => mean.toFixed(6))).toEqual(['0.800000', '0.700000']);
    expect(compared!.users).toBe(3);
    expect(compared!.interval.map((bound) => bound.toFixed(6))).toEqual(['0.100000', '0.100000']);
  });

  it('finds a difference that all users share, and none in noise', () => {
    const noise = Array.from({ length: 40 }, (_, user) => 0.5 + 0.4 * Math.sin(user * user));
    const better = noise.map((value) => value + 0.01);
    expect(compareExperiments(createValues('a', better), createValues('b', noise))[0]!.pValue).toBeLessThan(0.001);
    const alike = noise.map((value, user) => value + (user % 2 ? 0.01 : -0.01));
    expect(compareExperiments(createValues('a', alike), createValues('b', noise))[0]!.pValue).toBeGreaterThan(0.5);
  });

  it('refuses experiments with different users', () =>
    expect(() =>
      compareExperiments(createValues('a', [1, 2], [0, 1]), createValues('b', [1, 2], [0, 2])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight compare: expected two experiments with the same users, received a with 2 users and b with 2 other users.]`,
    ));

  it('clusters windows by user', () => {
    // Differences 1, 1, 1 of user 4, 0 of user 2: resampled means 1, 3/4 and 0. Every choice of signs is as large.
    const withUsers = (name: string, values: number[], queryUsers = [4, 4, 2, 4]) => ({
      ...createValues(name, values),
      queryUsers,
    });
    const [compared] = compareExperiments(withUsers('a', [1, 1, 0, 1]), withUsers('b', [0, 0, 0, 0]));
    expect(compared).toMatchObject({ difference: 0.75, interval: [0, 1], pValue: 1, queries: 4, users: 2 });
    expect(formatComparisonTable('a', 'b', [compared!])).toContain('| queries | users |');
    expect(() =>
      compareExperiments(withUsers('a', [1, 1, 0, 1]), withUsers('b', [0, 0, 0, 0], [4, 2, 2, 4])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight compare: expected two experiments with the same users, received a with 4 queries of 2 users and b with 4 other queries of 2 users.]`,
    );
    expect(() =>
      compareExperiments(withUsers('a', [1, 1, 0, 1]), createValues('b', [0, 0, 0, 0])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight compare: expected two experiments with the same users, received a with 4 queries of 2 users and b with 4 other users. Results of earlier versions lack the users of windows: run both again.]`,
    );
  });

  it('formats differences with signs', () => {
    const means = { metric: 'auc', one: 0.9, other: 0.92, difference: -0.02 };
    const compared: MetricComparison[] = [{ ...means, interval: [-0.03, 0.01], pValue: 0.0004, queries: 7, users: 7 }];
    expect(formatComparisonTable('a', 'b', compared)).toMatchInlineSnapshot(`
      "| metric |      a |      b |           difference (95 %) |      p | users |
      | :----- | -----: | -----: | --------------------------: | -----: | ----: |
      | auc    | 0.9000 | 0.9200 | −0.0200 (−0.0300 … +0.0100) | < .001 |     7 |"
    `);
  });
});
