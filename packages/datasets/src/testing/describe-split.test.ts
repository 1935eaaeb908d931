import { describe, expect, it } from 'vitest';
import { selectRows } from '../select-rows.js';
import { atRandom } from '../splits/at-random.js';
import { holdOutUsers } from '../splits/hold-out-users.js';
import { leaveLastOut } from '../splits/leave-last-out.js';
import type { Split, Splits } from '../types.js';
import { listBroken, mutantDescription, reverseRows } from './broken.fixture.js';
import { createSplitPromises } from './describe-split.js';

const withSplit = (change: (splits: Splits) => Splits): Split => ({
  ...mutantDescription,
  split: (all, rng) => change(leaveLastOut().split(all, rng)),
});

describe('createSplitPromises', () => {
  it('detects a split that follows the order of rows', () => {
    for (const split of [
      atRandom({ test: 0.2, order: 'source' }),
      leaveLastOut({ order: 'source' }),
      holdOutUsers({ validation: 7, test: 11, order: 'source' }),
    ])
      expect(listBroken(createSplitPromises(split, { drops: true }))).toEqual([
        'has the same parts, in the same order and numbering, when the rows of its input are shuffled',
      ]);
  });

  it('detects a row in both train and test', () =>
    expect(listBroken(createSplitPromises(withSplit((splits) => ({ ...splits, train: splits.test.history }))))).toEqual(
      ['is a partition: train, validation and test have no interaction in common'],
    ));

  it('detects targets in a history', () =>
    expect(
      listBroken(
        createSplitPromises(
          withSplit((splits) => ({ ...splits, test: { ...splits.test, history: splits.test.targets } })),
        ),
      ),
    ).toEqual(['has no target in a history']));

  it('detects rows in no part', () =>
    expect(
      listBroken(
        createSplitPromises(
          withSplit(({ train, test }) => ({
            train,
            test: { history: train, targets: selectRows(test.targets, Int32Array.of(0)) },
          })),
        ),
      ),
    ).toEqual(['uses every interaction']));

  it('detects future interactions in train', () =>
    expect(listBroken(createSplitPromises(atRandom({ test: 0.2 }), { order: 'user' }))).toEqual([
      'has no future in train',
    ]));

  it('detects a part with another catalogue', () =>
    expect(
      listBroken(
        createSplitPromises(
          withSplit((splits) => ({ ...splits, train: { ...splits.train, catalogue: { ...splits.train.catalogue } } })),
        ),
      ),
    ).toEqual(['has one catalogue for all parts']));

  it('detects columns in different orders', () =>
    expect(
      listBroken(
        createSplitPromises(
          withSplit((splits) => ({ ...splits, train: { ...splits.train, items: reverseRows(splits.train).items } })),
        ),
      ),
    ).toEqual(['changes no interaction: ids, titles, features, vectors, ratings, timestamps, weights']));
});
