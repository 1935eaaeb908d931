import { describe, expect, it } from 'vitest';
import { checkClaims } from './check-claims.js';
import { groups } from './claim-groups.fixture.js';

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
