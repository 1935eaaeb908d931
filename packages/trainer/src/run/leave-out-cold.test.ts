import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { leaveOutCold } from './leave-out-cold.js';

type Pairs = readonly (readonly [user: number, item: number])[];

const create = (pairs: Pairs) => createInteractions(pairs, 7, 11);
const leaveOut = (train: Pairs, history: Pairs, targets: Pairs, queryUsers?: Int32Array) => {
  const heldOut = { history: create(history), targets: create(targets), ...(queryUsers && { queryUsers }) };
  const { heldOut: kept, leftOut } = leaveOutCold('test', create(train), heldOut);
  return { kept: Array.from(kept.targets.users, (user, row) => [user, kept.targets.items[row]]), leftOut };
};

const train: Pairs = [
  [0, 1],
  [0, 2],
  [1, 2],
  [1, 3],
];

describe('leaveOutCold', () => {
  it('leaves out users and items that train does not have, and counts them', () => {
    const targets: Pairs = [
      [0, 3],
      [0, 4], // item 4 is cold
      [2, 3], // user 2 is cold
      [2, 4], // both
      [3, 3], // user 3 is cold
      [1, 1],
    ];
    expect(leaveOut(train, train, targets)).toEqual({
      kept: [
        [0, 3],
        [1, 1],
      ],
      leftOut: { users: 2, items: 1, interactions: 4 },
    });
  });

  it('keeps everything that train has', () => {
    const targets: Pairs = [
      [0, 3],
      [1, 1],
    ];
    expect(leaveOut(train, train, targets)).toEqual({
      kept: targets,
      leftOut: { users: 0, items: 0, interactions: 0 },
    });
  });

  it('goes by the history where whole users are held out', () => {
    const history: Pairs = [
      [4, 1],
      [5, 9],
    ];
    const targets: Pairs = [
      [4, 2],
      [4, 9],
      [5, 3],
      [6, 3], // nothing is known of user 6
    ];
    expect(leaveOut(train, history, targets)).toEqual({
      kept: [
        [4, 2],
        [5, 3],
      ],
      leftOut: { users: 1, items: 1, interactions: 2 },
    });
  });

  it('keeps windows with empty histories', () => {
    const targets: Pairs = [
      [0, 2],
      [1, 9],
      [2, 3],
    ];
    expect(leaveOut(train, [], targets, Int32Array.of(4, 4, 5))).toEqual({
      kept: [
        [0, 2],
        [2, 3],
      ],
      leftOut: { users: 0, items: 1, interactions: 1 },
    });
  });

  it('throws if no target is left', () => {
    expect(() => leaveOut(train, train, [[0, 9]])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runExperiment(split, test): expected targets whose users and items have training interactions, received none of 1. Hold out less, filter with kCore() first, or set cold: 'include'.]`,
    );
  });
});
