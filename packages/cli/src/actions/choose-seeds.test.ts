import { leaveLastOut, movielens } from '@footlight/datasets';
import { bprLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { factorization, popularity } from '@footlight/models';
import { crossValidated, defineExperiment } from '@footlight/trainer';
import { describe, expect, it } from 'vitest';
import { chooseSeeds } from './choose-seeds.js';

const spec = { dataset: movielens('latest-small'), split: leaveLastOut(), metrics: [ndcg({ at: 10 })], seed: 1 };
const learned = defineExperiment({ ...spec, model: factorization({ dim: 3 }), loss: bprLoss(), epochs: 1 });
const solved = defineExperiment({ ...spec, model: popularity() });

describe('chooseSeeds', () => {
  it('takes the seeds of the project for learned models only', () => {
    expect(chooseSeeds(learned, {}, { seeds: 5 })).toBe(5);
    expect(chooseSeeds(solved, {}, { seeds: 5 })).toBe(1);
    expect(chooseSeeds(learned, {}, {})).toBe(1);
  });

  it('prefers those of the command line', () => {
    expect(chooseSeeds(learned, { seeds: 2 }, { seeds: 5 })).toBe(2);
    expect(chooseSeeds(solved, { seeds: 2 }, { seeds: 5 })).toBe(2);
  });

  it('runs a file of the user, and each fold of a cross-validation, once', () => {
    expect(chooseSeeds(learned, { table: 'likes.csv' }, { seeds: 5 })).toBe(1);
    const folds = crossValidated([leaveLastOut(), leaveLastOut()], (split) => ({ ...learned, split }));
    expect(chooseSeeds(folds, {}, { seeds: 5 })).toBe(1);
  });
});
