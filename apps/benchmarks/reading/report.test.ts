import { describe, expect, it } from 'vitest';
import { assertAgreement, type Contest, page, type Run, report } from './report.js';

describe('report', () => {
  it('takes ratios within rounds, so that load which comes and goes cancels', () => {
    // 1 / 4, 6 / 12 and 2 / 10: the median is .25, while the medians of the times are 2 and 10
    const { standings } = report([contest([1, 6, 2], [4, 12, 10])], { rounds: 3, python: true });
    expect(standings[1]!.ratio).toEqual({ median: 0.25, smallest: 0.2, largest: 0.5 });
    expect(standings.map(({ seconds }) => seconds.median)).toEqual([2, 10]);
  });

  it('takes the mean of the two in the middle of an even number', () => {
    const { standings } = report([contest([1, 2, 4, 100])], { rounds: 4, python: false });
    expect(standings[0]!.seconds).toEqual({ median: 3, smallest: 1, largest: 100 });
  });
});

describe('page', () => {
  it('says that Python is missing', () => {
    const text = page(report([contest([1])], { rounds: 1, python: false }));
    expect(text).toContain('Footlight was measured alone');
    expect(text).toContain('`npx pnpm --filter @footlight/benchmarks bench:reading --rounds 1`');
    expect(text).toContain('| read | footlight | 1.00 (1.00–1.00) |               |     0.50 |');
  });
});

describe('assertAgreement', () => {
  it('refuses results of other rows', () => {
    const one = contest([1], [2]);
    expect(() => assertAgreement([one])).not.toThrow();
    one.contestants[1]!.runs[0] = { ...one.contestants[1]!.runs[0]!, rows: 11 };
    expect(() => assertAgreement([one])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bench:reading (read): expected one rows, received 7, 11.]`,
    );
  });

  it('refuses other draws, and lets those alone who draw in their own way', () => {
    const one = contest([1], [2], [3]);
    [5, 13].forEach((checksum, at) => {
      one.contestants[at]!.runs[0] = { ...one.contestants[at]!.runs[0]!, checksum };
    });
    expect(() => assertAgreement([one])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bench:reading (read): expected one checksum, received 5, 13.]`,
    );
  });
});

function contest(...seconds: readonly (readonly number[])[]): Contest {
  const names = ['footlight', 'pandas', 'polars'];
  const runs = (of: readonly number[]): Run[] =>
    of.map((each) => ({ seconds: each, peakBytes: 5e8, rows: 7, load: 2 }));
  return {
    title: 'read',
    task: 'read',
    path: 'ratings.csv',
    contestants: seconds.map((of, at) => ({ name: names[at]!, runs: runs(of) })),
  };
}
