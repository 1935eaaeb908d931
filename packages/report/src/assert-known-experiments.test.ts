import { describe, expect, it } from 'vitest';
import { assertKnownExperiments, findSimilarNames } from './assert-known-experiments.js';

describe('findSimilarNames', () => {
  const known = ['talk/popularity', 'talk/random', 'latest-small/popularity'];

  it('finds names that differ by a few letters or lack the folder', () => {
    expect(findSimilarNames('talk/popularty', known)).toEqual(['talk/popularity']);
    expect(findSimilarNames('Popularity', known)).toEqual(['talk/popularity', 'latest-small/popularity']);
    expect(findSimilarNames('sasrec', known)).toEqual([]);
  });
});

describe('assertKnownExperiments', () => {
  it('suggests similar names, or the command that lists all', () => {
    expect(() => assertKnownExperiments(['talk/popularty'], ['talk/popularity'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of an experiment, received talk/popularty. Did you mean talk/popularity?]`,
    );
    expect(() => assertKnownExperiments(['sasrec'], ['talk/popularity'])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of an experiment, received sasrec. \`footlight list\` shows all names.]`,
    );
  });
});
