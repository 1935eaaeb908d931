import { describe, expect, it } from 'vitest';
import { assertKnown, findSimilar } from './assert-known.js';

describe('findSimilar', () => {
  const known = ['talk/popularity', 'talk/random', 'latest-small/popularity'];

  it('forgives a few letters and a missing folder', () => {
    expect(findSimilar('talk/popularty', known)).toEqual(['talk/popularity']);
    expect(findSimilar('Popularity', known)).toEqual(['talk/popularity', 'latest-small/popularity']);
    expect(findSimilar('sasrec', known)).toEqual([]);
  });
});

describe('assertKnown', () => {
  it('names what is close, else where to look', () => {
    expect(() => assertKnown(['talk/popularty'], ['talk/popularity'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of a row, received talk/popularty. Did you mean talk/popularity?]`,
    );
    expect(() => assertKnown(['sasrec'], ['talk/popularity'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of a row, received sasrec. See \`footlight list\`.]`,
    );
  });
});
