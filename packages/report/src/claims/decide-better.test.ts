import { describe, expect, it } from 'vitest';
import type { QueryValues } from '../query-values.js';
import { decideBetter } from './decide-better.js';
import { seeds } from './seeds.fixture.js';

const perUser = (experiment: string, values: number[], queryUsers?: number[]): QueryValues => ({
  experiment,
  protocol: 'p',
  seeds: [1],
  users: values.map((_, at) => at),
  ...(queryUsers && { queryUsers }),
  metrics: { mrr: values },
});

describe('decideBetter', () => {
  const [high, low] = [seeds(0.5, 0.51, 0.52), seeds(0.4, 0.41, 0.42)];

  it('takes the interval over seeds without values per user, and both with them', () => {
    // se = 0.01 / √3 each, of the difference 0.00816; 4 degrees of freedom: 2.776 · 0.00816 = 0.02267
    const { decision, difference, seeds: interval, users } = decideBetter('mrr', { result: high }, { result: low });
    expect([decision, users]).toEqual(['holds', undefined]);
    expect(difference).toBeCloseTo(0.1, 12);
    expect(interval![0]).toBeCloseTo(0.1 - 0.02267, 4);
    expect(interval![1]).toBeCloseTo(0.1 + 0.02267, 4);
    expect(decideBetter('mrr', { result: low }, { result: high }).decision).toBe('does not hold');
    expect(decideBetter('rmse', { result: low }, { result: high }).decision).toBe('holds');
  });

  it('cannot tell what holds over seeds but not over users', () => {
    const [one, other] = [perUser('one', [1, 0, 1, 0, 1, 0]), perUser('other', [0, 1, 0, 1, 0, 0.9])];
    const verdict = decideBetter('mrr', { result: high, values: one }, { result: low, values: other });
    expect(verdict.seeds![0]).toBeGreaterThan(0);
    expect(verdict.users![0]).toBeLessThan(0);
    expect(verdict.decision).toBe('cannot be told');
  });

  it('resamples whole users: twelve windows of two users are two observations', () => {
    const one = [...new Array(6).fill(0.9), ...new Array(6).fill(0.1)];
    const other = [...new Array(6).fill(0.5), ...new Array(6).fill(0.2)];
    const windows = [...new Array(6).fill(0), ...new Array(6).fill(1)];
    const [single] = [{ mean: 0.5, standardError: 0.1, values: [0.5] }];
    const decideWith = (queryUsers?: number[]) =>
      decideBetter(
        'mrr',
        { result: single, values: perUser('one', one, queryUsers) },
        { result: { ...single, mean: 0.35 }, values: perUser('other', other, queryUsers) },
      );
    expect(decideWith().decision).toBe('holds'); // as if the windows were independent
    expect(decideWith(windows).users).toEqual([expect.closeTo(-0.1, 9), expect.closeTo(0.4, 9)]);
    expect(decideWith(windows).decision).toBe('cannot be told');
  });

  it('falls back to unpaired errors, and cannot tell without any', () => {
    const one = { mean: 0.5, standardError: 0.01, values: [0.5] };
    const verdict = decideBetter('mrr', { result: one }, { result: { ...one, mean: 0.4, values: [0.4] } });
    // 1.96 · √2 · 0.01 = 0.02772
    expect(verdict.unpaired![0]).toBeCloseTo(0.1 - 0.02772, 5);
    expect(verdict.decision).toBe('holds');
    const unknown = { ...one, standardError: null };
    expect(decideBetter('mrr', { result: unknown }, { result: { ...unknown, mean: 0 } }).decision).toBe(
      'cannot be told',
    );
  });
});
