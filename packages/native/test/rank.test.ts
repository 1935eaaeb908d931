import { describe, expect, it } from 'vitest';
import { kernels, there } from './compiled.js';

const f = (length: number) => new Float32Array(length);
const i = (...values: number[]) => Int32Array.of(...values);
const outputs = (entries: number, queries: number, top: number) =>
  [
    new Int32Array(entries),
    new Float64Array(entries),
    new Int32Array(queries),
    new Int32Array(queries),
    new Int32Array(queries * top),
  ] as const;

describe.skipIf(!there)('rankings', () => {
  it('say where targets stand among what was not seen, and list the best', () => {
    // Scores 3 1 2 3 with item 0 seen: 3 (3.), 2 (2.), 1 (1.).
    const out = outputs(2, 1, 2);
    const strange = kernels.rankScores(
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
    expect([strange, ...out.map((values) => [...values])]).toEqual([-1, [0, 2], [0, 2], [2], [3], [3, 2]]);
  });

  it('say which score is no number', () => {
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
        ...outputs(0, 1, 1),
      ),
    ).toBe(1);
  });

  const none = [i(0, 0), i(), i(0, 0), i()] as const; // of one query
  it.each<[string, () => unknown]>([
    [
      'a seen item beyond the catalogue',
      () => kernels.rankScores(f(3), 1, 3, i(0, 1), i(3), i(0, 0), i(), false, 0, ...outputs(0, 1, 0)),
    ],
    [
      'a target below 0',
      () => kernels.rankScores(f(3), 1, 3, i(0, 0), i(), i(0, 1), i(-1), false, 0, ...outputs(1, 1, 0)),
    ],
    [
      'offsets beyond the ids',
      () => kernels.rankScores(f(3), 1, 3, i(0, 2), i(1), i(0, 0), i(), false, 0, ...outputs(0, 1, 0)),
    ],
    [
      'offsets that fall',
      () => kernels.rankScores(f(6), 2, 3, i(0, 2, 1), i(1), i(0, 0, 0), i(), false, 0, ...outputs(0, 2, 0)),
    ],
    [
      'too few offsets',
      () => kernels.rankScores(f(6), 2, 3, i(0, 0), i(), i(0, 0, 0), i(), false, 0, ...outputs(0, 2, 0)),
    ],
    ['scores of another shape', () => kernels.rankScores(f(4), 1, 3, ...none, false, 0, ...outputs(0, 1, 0))],
    ['longer lists than the catalogue', () => kernels.rankScores(f(3), 1, 3, ...none, false, 4, ...outputs(0, 1, 4))],
    ['too little room for lists', () => kernels.rankScores(f(3), 1, 3, ...none, false, 3, ...outputs(0, 1, 2))],
    [
      'too little room for ranks',
      () => kernels.rankScores(f(3), 1, 3, i(0, 0), i(), i(0, 1), i(1), false, 0, ...outputs(0, 1, 0)),
    ],
    ['no items', () => kernels.rankScores(f(0), 1, 0, ...none, false, 0, ...outputs(0, 1, 0))],
    [
      'vectors of another length',
      () => kernels.rankTargets(f(3), f(6), undefined, 1, 3, 2, ...none, false, 0, ...outputs(0, 1, 0)),
    ],
    [
      'a table of other rows',
      () => kernels.rankTargets(f(2), f(5), undefined, 1, 3, 2, ...none, false, 0, ...outputs(0, 1, 0)),
    ],
    [
      'biases of another table',
      () => kernels.rankTargets(f(2), f(6), f(2), 1, 3, 2, ...none, false, 0, ...outputs(0, 1, 0)),
    ],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
