import { describe, expect, it } from 'vitest';
import { sample } from '../page/sample.fixture.js';
import { groups } from './claim-groups.fixture.js';
import { countDecisions, formatDecisions } from './count-decisions.js';
import { assertClaimExperiments, testClaims } from './test-claims.js';

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
