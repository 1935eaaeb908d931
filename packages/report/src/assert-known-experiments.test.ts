import { describe, expect, it } from 'vitest';
import { assertKnownExperiments, findSimilarNames } from './assert-known-experiments.js';

describe('findSimilar', () => {
  const known = ['talk/popularity', 'talk/random', 'latest-small/popularity'];

  it('forgives a few letters and a missing folder', () => {
    expect(findSimilarNames('talk/popularty', known)).toEqual(['talk/popularity']);
    expect(findSimilarNames('Popularity', known)).toEqual(['talk/popularity', 'latest-small/popularity']);
    expect(findSimilarNames('sasrec', known)).toEqual([]);
  });
});

describe('assertKnown', () => {
  it('names what is close, else where to look', () => {
    expect(() => assertKnownExperiments(['talk/popularty'], ['talk/popularity'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of a row, received talk/popularty. Did you mean talk/popularity?]`,
    );
    expect(() => assertKnownExperiments(['sasrec'], ['talk/popularity'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of a row, received sasrec. See \`footlight list\`.]`,
    );
  });
});
