import { describe, expect, it } from 'vitest';
import { findExperiments } from './find-experiments.js';

const known = [
  'own/ratings-ease-random-1f',
  'own/ratings-mf-bpr-random-2e',
  'own/ratings-mf-hinge-random-3d',
  'talk/mf',
];

describe('findExperiments', () => {
  it('finds names, and beginnings that one name has', () => {
    expect(findExperiments(['talk/mf', 'own/ratings-ease', 'own/ratings-mf-h'], known)).toEqual([
      'talk/mf',
      'own/ratings-ease-random-1f',
      'own/ratings-mf-hinge-random-3d',
    ]);
    expect(findExperiments(['a'], ['a', 'ab'])).toEqual(['a']);
  });

  it('finds what a pattern matches, each name once and none of another folder', () => {
    expect(findExperiments(['own/*-mf-*', 'own/*'], known)).toEqual([known[1], known[2], known[0]]);
    expect(
      findExperiments(['own/ratings.mf*', 'talk/mf'], ['own/ratings.mf-bpr', 'own/ratings-mf', 'talk/mf']),
    ).toEqual(['own/ratings.mf-bpr', 'talk/mf']);
    expect(findExperiments(['talk/mf', 'talk/mf'], known)).toEqual(['talk/mf', 'talk/mf']);
    expect(() => findExperiments(['*-bpr'], known)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected a pattern that names of results match, received *-bpr. See footlight table.]`,
    );
  });

  it('lists the names where several begin alike', () => {
    expect(() => findExperiments(['own/ratings-mf'], known)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of one experiment, received own/ratings-mf, which 2 names begin with: own/ratings-mf-bpr-random-2e, own/ratings-mf-hinge-random-3d. Write more of the name.]`,
    );
    expect(() => findExperiments(['talk/mg'], known)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of an experiment, received talk/mg. Did you mean talk/mf?]`,
    );
  });
});
