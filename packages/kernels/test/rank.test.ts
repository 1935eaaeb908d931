import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

const f = (length: number) => new Float32Array(length);
const i = (...values: number[]) => Int32Array.of(...values);
const allocateOutputs = (entries: number, queries: number, top: number) =>
  [
    new Int32Array(entries),
    new Int32Array(entries),
    new Int32Array(entries),
    new Int32Array(queries),
    new Int32Array(queries),
    new Int32Array(queries * top),
  ] as const;

describe.skipIf(!isCompiled)('rankings', () => {
  it('have the ranks of targets among unseen items, and the best items', () => {
    // Scores 3 1 2 3 with item 0 seen: 3 (3.), 2 (2.), 1 (1.).
    const out = allocateOutputs(2, 1, 2);
    const wrongItem = kernels.rankScores(
      Float32Array.of(3, 1, 2, 3),
      1,
      4,
      i(0, 1),
      i(0),
      i(0, 2),
      i(1, 3),
      false,
      2,
      ...out,
    );
    expect([wrongItem, ...out.map((values) => [...values])]).toEqual([-1, [0, 2], [0, 2], [0, 2], [2], [3], [3, 2]]);
  });

  it('report an item with the score NaN', () => {
    expect(
      kernels.rankScores(
        Float32Array.of(3, Number.NaN),
        1,
        2,
        i(0, 0),
        i(),
        i(0, 0),
        i(),
        false,
        1,
        ...allocateOutputs(0, 1, 1),
      ),
    ).toBe(1);
  });

  const none = [i(0, 0), i(), i(0, 0), i()] as const; // of one query
  it.each<[string, () => unknown]>([
    [
      'a seen item beyond the catalogue',
      () => kernels.rankScores(f(3), 1, 3, i(0, 1), i(3), i(0, 0), i(), false, 0, ...allocateOutputs(0, 1, 0)),
    ],
    [
      'a target below 0',
      () => kernels.rankScores(f(3), 1, 3, i(0, 0), i(), i(0, 1), i(-1), false, 0, ...allocateOutputs(1, 1, 0)),
    ],
    [
      'offsets beyond the ids',
      () => kernels.rankScores(f(3), 1, 3, i(0, 2), i(1), i(0, 0), i(), false, 0, ...allocateOutputs(0, 1, 0)),
    ],
    [
      'descending offsets',
      () => kernels.rankScores(f(6), 2, 3, i(0, 2, 1), i(1), i(0, 0, 0), i(), false, 0, ...allocateOutputs(0, 2, 0)),
    ],
    [
      'too few offsets',
      () => kernels.rankScores(f(6), 2, 3, i(0, 0), i(), i(0, 0, 0), i(), false, 0, ...allocateOutputs(0, 2, 0)),
    ],
    ['scores of another shape', () => kernels.rankScores(f(4), 1, 3, ...none, false, 0, ...allocateOutputs(0, 1, 0))],
    [
      'lists longer than the catalogue',
      () => kernels.rankScores(f(3), 1, 3, ...none, false, 4, ...allocateOutputs(0, 1, 4)),
    ],
    [
      'an output that is too short for the lists',
      () => kernels.rankScores(f(3), 1, 3, ...none, false, 3, ...allocateOutputs(0, 1, 2)),
    ],
    [
      'an output that is too short for the ranks',
      () => kernels.rankScores(f(3), 1, 3, i(0, 0), i(), i(0, 1), i(1), false, 0, ...allocateOutputs(0, 1, 0)),
    ],
    ['no items', () => kernels.rankScores(f(0), 1, 0, ...none, false, 0, ...allocateOutputs(0, 1, 0))],
    [
      'vectors of another length',
      () => kernels.rankTargets(f(3), f(6), undefined, 1, 3, 2, ...none, false, 0, ...allocateOutputs(0, 1, 0)),
    ],
    [
      'a table of another length',
      () => kernels.rankTargets(f(2), f(5), undefined, 1, 3, 2, ...none, false, 0, ...allocateOutputs(0, 1, 0)),
    ],
    [
      'a wrong number of biases',
      () => kernels.rankTargets(f(2), f(6), f(2), 1, 3, 2, ...none, false, 0, ...allocateOutputs(0, 1, 0)),
    ],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
