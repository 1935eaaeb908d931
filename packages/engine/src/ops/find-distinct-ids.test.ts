import { describe, expect, it } from 'vitest';
import { hasKernel } from '../run-kernel.js';
import { describeOnBackends } from '../testing/index.js';
import { tf } from '../tfjs/tfjs.js';
import { findDistinctIds } from './find-distinct-ids.js';

const find = (rows: number[][], count: number) => {
  const found = findDistinctIds(tf.tensor2d(rows, [rows.length, rows[0]!.length], 'int32'), count);
  return found && [[...found.ids.dataSync()], found.index.arraySync()];
};

describeOnBackends('findDistinctIds', () => {
  it('finds each id once, in the order of first occurrence, where there is a kernel', () => {
    const expected = hasKernel('LstmSequenceOfRows')
      ? [
          [7, 0],
          [
            [0, 1, 0],
            [0, 0, 1],
          ],
        ]
      : undefined;
    const ids = [
      [7, 0, 7],
      [7, 7, 0],
    ];
    expect(find(ids, 8)).toEqual(expected);
    expect(find(ids, 8)).toEqual(expected); // nothing is left over from the call before
  });
});

describe('findDistinctIds', () => {
  it('finds none where more than half of the ids are distinct', () => {
    expect(find([[1, 2, 1, 3]], 4)).toBeUndefined();
    expect(find([[5]], 6)).toBeUndefined();
    expect(find([[1, 1, 2, 2]], 4)).toEqual([[1, 2], [[0, 0, 1, 1]]]); // the ids of abandoned calls are forgotten
  });

  it('leaves ids out of range and other types to lookup', () => {
    expect(find([[1, 1, 4, 1]], 4)).toBeUndefined();
    expect(find([[1, 1, -1, 1]], 4)).toBeUndefined();
    expect(findDistinctIds(tf.ones([1, 4]), 4)).toBeUndefined();
    expect(find([[1, 1, 3, 1]], 4)).toEqual([[1, 3], [[0, 0, 1, 0]]]);
  });
});
