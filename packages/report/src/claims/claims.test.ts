import { describe, expect, it } from 'vitest';
import { sample } from '../page/sample.fixture.js';
import type { QueryValues } from '../query-values.js';
import { checkClaims } from './check-claims.js';
import type { ClaimGroup } from './claim.js';
import { countDecisions, formatDecisions } from './count-decisions.js';
import { decideBetter } from './decide-better.js';
import { computeRounding, decideFigure } from './decide-figure.js';
import { assertClaimExperiments, testClaims } from './test-claims.js';

/** The mean and the standard error over seeds of these values. */
function seeds(...values: number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (values.length * (values.length - 1))), values };
}

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

describe('decideFigure', () => {
  it('holds where the mean rounds to the figure', () => {
    const one = { mean: 0.1149, standardError: 0, values: [0.1149] };
    expect(decideFigure('mrr', one, '0.11').decision).toBe('holds');
    expect(decideFigure('mrr', { ...one, mean: 0.115, values: [0.115] }, '0.11').decision).toBe('holds');
    expect(decideFigure('mrr', { ...one, mean: 0.1151 }, '0.11').decision).toBe('does not hold');
    expect(decideFigure('mrr', { ...one, mean: 0.1101 }, '0.110').decision).toBe('holds');
    expect(decideFigure('mrr', { ...one, mean: 0.1106 }, '0.110').decision).toBe('does not hold');
  });

  it('holds within the interval of one run over seeds: 4.303 · s · √(1 + 1/3)', () => {
    const ours = { ...seeds(0.49, 0.5, 0.51), userError: null }; // s = 0.01: 0.5 ± 0.0497
    expect(decideFigure('mrr', ours, '0.5490').decision).toBe('holds');
    expect(decideFigure('mrr', ours, '0.5500').decision).toBe('does not hold');
    expect(decideFigure('mrr', ours, '0.5500').seeds![1]).toBeCloseTo(0.54969, 5);
  });

  it('cannot tell by runs that differ by more than the figure', () => {
    const ours = seeds(0.1, 0.3, 0.5); // s = 0.2: 0.3 ± 0.99
    expect(decideFigure('mrr', ours, '0.9').decision).toBe('cannot be told');
    expect(decideFigure('mrr', ours, '0.3').decision).toBe('holds');
    expect(decideFigure('mrr', ours, '1.4').decision).toBe('does not hold');
  });

  it('cannot tell what other users could explain, and needs an interval', () => {
    const ours = { ...seeds(0.49, 0.5, 0.51), userError: 0.05 }; // √(0.0497² + 0.098²) = 0.1099
    expect(decideFigure('mrr', ours, '0.6090').decision).toBe('cannot be told');
    expect(decideFigure('mrr', ours, '0.6110').decision).toBe('does not hold');
    expect(decideFigure('mrr', { mean: 0.5, standardError: null, values: [0.5] }, '0.6').decision).toBe(
      'cannot be told',
    );
  });

  it('takes bounds from below, and of errors from above', () => {
    const ours = seeds(0.49, 0.5, 0.51);
    expect(decideFigure('mrr', ours, '0.45', 'at least').decision).toBe('holds');
    expect(decideFigure('mrr', ours, '0.48', 'at least').decision).toBe('cannot be told');
    expect(decideFigure('mrr', ours, '0.56', 'at least').decision).toBe('does not hold');
    expect(decideFigure('rmse', ours, '0.56', 'at least').decision).toBe('holds');
  });

  it('knows the numbers that round to a figure', () => {
    expect(computeRounding('0.110')[0]).toBeCloseTo(0.1095, 8);
    expect(computeRounding('2.5e-3')[1]).toBeCloseTo(0.00255, 8);
    expect(computeRounding('−3')[0]).toBeCloseTo(-3.5, 6);
  });
});

const groups: ClaimGroup[] = [
  {
    title: 'A paper',
    folder: 'sample',
    claims: [
      { statement: 'wide wins', better: 'sample/grid-200-vae', than: 'sample/grid-50-vae', metric: 'ndcg@100' },
      { statement: 'absent wins', better: 'sample/absent', than: 'sample/grid-50-vae', metric: 'ndcg@100' },
      { statement: 'of another folder', better: 'other/a', than: 'other/b', metric: 'mrr' },
    ],
  },
];

describe('testClaims', () => {
  it('tests comparisons and published values, and says what is missing', () => {
    const [group, ...others] = testClaims(groups, { ...sample, neverRun: [] });
    expect(others).toEqual([]);
    expect(group!.comparisons.map(({ decision, missing }) => [decision, missing])).toEqual([
      ['holds', []],
      ['not measured', ['sample/absent']],
    ]);
    // published 0.424 for each; ours 0.411, 0.421, 0.441 … ± 0.0052 for one run
    expect(group!.figures.map(({ decision }) => decision)).toEqual([
      'does not hold',
      'holds',
      'does not hold',
      'holds',
      'does not hold',
    ]);
    const counts = countDecisions([group!]);
    expect(formatDecisions(counts)).toBe('3 hold, 3 do not hold, 1 not measured');
  });

  it('takes a figure of a claim in place of the published value, and puts other folders into groups', () => {
    const figure = { statement: 'as printed', experiment: 'sample/grid-50-vae', metric: 'ndcg@100', figure: '0.4' };
    const tested = testClaims([{ title: 'Own', claims: [figure] }], sample);
    expect(tested.map(({ title, figures }) => [title, figures.length])).toEqual([
      ['Own', 1],
      ['sample', 4],
    ]);
    expect(tested[0]!.figures[0]!.decision).toBe('holds');
  });

  it('lists published values of experiments that were never run', () => {
    const neverRun = [{ experiment: 'sample/large', published: { mrr: 0.5, loss: 3, 'best epoch': 7 } }];
    const [group] = testClaims(groups, { ...sample, neverRun });
    expect(group!.figures.at(-1)).toMatchObject({ decision: 'not measured', claim: { metric: 'mrr', figure: '0.5' } });
  });

  it('refuses metrics that an experiment lacks, and experiments of other protocols', () => {
    const claim = groups[0]!.claims[0]!;
    expect(() => testClaims([{ title: 'A', claims: [{ ...claim, metric: 'mrr' }] }], sample)).toThrow(
      'the claim "wide wins": metric: expected one of ndcg@100, recall@20, received mrr for sample/grid-200-vae.',
    );
    const [first, ...rest] = sample.results;
    const moved = { ...first!, protocol: { ...first!.protocol, hash: 'other', seen: 'rank-last' as const } };
    expect(() => testClaims(groups, { ...sample, results: [moved, ...rest] })).toThrow('which differ in seen');
  });
});

describe('assertClaimExperiments', () => {
  it('suggests similar names', () => {
    expect(() => assertClaimExperiments(groups, ['sample/grid-200-vae', 'sample/grid-50-vae'], 'claims.ts')).toThrow(
      'claims.ts (A paper): expected the name of an experiment in "absent wins", received sample/absent.',
    );
    expect(() => assertClaimExperiments(groups, ['sample/grid-200-va'], 'claims.ts')).toThrow(
      'received sample/grid-200-vae. Did you mean sample/grid-200-va?',
    );
  });
});

describe('checkClaims', () => {
  const check = (claim: unknown) => checkClaims([{ title: 'T', claims: [claim] }], 'claims.ts');
  const better = { statement: 's', better: 'a', than: 'b', metric: 'mrr' };

  it('returns what is right', () => {
    expect(checkClaims(groups, 'claims.ts')).toBe(groups);
    expect(check({ ...better, published: ['.11', '1.93e-2'] })).toHaveLength(1);
  });

  it.each([
    [{ ...better, than: 'a' }, 'than: expected another experiment than the better one, received "a"'],
    [{ ...better, metric: '' }, 'metric: expected a text, received ""'],
    [{ ...better, published: [0.1, 0.2] }, "expected a number as printed, as a text, e.g. '0.110', received 0.1"],
    [{ ...better, published: ['0.1'] }, 'expected the figures of both experiments, received ["0.1"]'],
    [{ ...better, verdict: 'holds' }, 'received verdict'],
    [{ statement: 's', experiment: 'a', metric: 'mrr', figure: '5.30 %' }, 'received "5.30 %"'],
    [{ statement: 's', experiment: 'a', metric: 'mrr', figure: '1', bound: 'at most' }, 'bound: expected `equal` or'],
    [{ statement: 's', experiment: 'a', metric: 'mrr', figure: '1', part: 'train' }, 'part: expected `validation` or'],
    [null, 'received null'],
  ])('refuses %j', (claim, message) => {
    expect(() => check(claim)).toThrow(message);
    expect(() => check(claim)).toThrow('claims.ts, group 0 (T), claim 0');
  });

  it('refuses what is no list of groups', () => {
    expect(() => checkClaims({}, 'claims.ts')).toThrow('claims.ts: expected a list of groups of claims, received {}.');
    expect(() => checkClaims([{ title: 'T' }], 'claims.ts')).toThrow('expected a list of claims, received undefined.');
    expect(() => checkClaims([{ title: 'T', link: 'javascript:alert(1)', claims: [] }], 'claims.ts')).toThrow(
      'link: expected an address that begins with https://',
    );
  });
});
