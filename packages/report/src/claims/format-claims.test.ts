import { describe, expect, it } from 'vitest';
import { sample } from '../page/sample.fixture.js';
import { groups } from './claim-groups.fixture.js';
import { formatClaims, formatInterval, formatLike, verdictRule } from './format-claims.js';
import { testClaims } from './test-claims.js';

describe('formatClaims', () => {
  it('states the rule, then has a line per claim and per measured figure', () => {
    const [rule, comparisons, figures] = formatClaims(testClaims(groups, sample)).split('\n\n');
    expect(rule).toBe(verdictRule);
    const lines = comparisons!.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(lines[2]!.slice(1, 5)).toEqual(['A paper', 'wide wins', '–', 'holds']);
    expect(lines[3]![4]).toBe('never run: sample/absent');
    expect(figures!.split('\n')).toHaveLength(2 + 5);
    expect(figures).toMatch(/sample\/grid-100-vae \| ndcg@100 +\| +0.424 \| +0.421 \| holds/);
  });

  it('escapes what would be Markdown, and is empty without claims', () => {
    const claim = { statement: 'a | <b>', better: 'sample/grid-200-vae', than: 'sample/absent', metric: 'ndcg@100' };
    expect(formatClaims(testClaims([{ title: 'A | B', claims: [claim] }], sample))).not.toMatch(/[^\\]\| <b>/);
    expect(formatClaims([])).toBe('');
  });
});

describe('formatInterval and formatLike', () => {
  it('have signs for differences and few digits for large values', () => {
    expect(formatInterval([-0.01234, 12.345], true)).toBe('−0.0123 … +12.3');
    expect(formatInterval([-1.5, 0.25], false)).toBe('−1.50 … 0.2500');
    expect(formatInterval(undefined, true)).toBe('–');
  });

  it('show the digits of the figure, at least three', () => {
    expect(formatLike(0.12345, '0.1')).toBe('0.123');
    expect(formatLike(0.12345, '0.1386')).toBe('0.1235');
  });
});
