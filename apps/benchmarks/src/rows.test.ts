import { describe, expect, it } from 'vitest';
import { assertRows, closeTo, rowNames } from './rows.js';

describe('rowNames', () => {
  it('finds the files of the folders, and nothing that lies beside them', () => {
    expect(rowNames()).toContain('talk/factorization-bpr');
    expect(rowNames()).not.toContain('talk');
  });
});

describe('closeTo', () => {
  const known = ['talk/popularity', 'talk/random', 'latest-small/popularity'];

  it('forgives a few letters and a missing folder', () => {
    expect(closeTo('talk/popularty', known)).toEqual(['talk/popularity']);
    expect(closeTo('Popularity', known)).toEqual(['talk/popularity', 'latest-small/popularity']);
    expect(closeTo('sasrec', known)).toEqual([]);
  });
});

describe('assertRows', () => {
  it('names what is close, else where to look', () => {
    expect(() => assertRows(['talk/popularty'], ['talk/popularity'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of a row, received talk/popularty. Did you mean talk/popularity?]`,
    );
    expect(() => assertRows(['sasrec'], ['talk/popularity'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of a row, received sasrec. See \`footlight list\`.]`,
    );
  });
});
