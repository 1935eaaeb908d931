import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import type { Interactions, Split } from '../types.js';
import { atRandom } from './at-random.js';
import { byTime } from './by-time.js';
import { byUser } from './by-user.js';
import { holdOutUsers } from './hold-out-users.js';
import { joinValidation } from './join-validation.js';
import { leaveLastOut } from './leave-last-out.js';
import { windowTargets } from './window-targets.js';

// 53 users with 7 interactions each, at 371 different times
const all = createInteractions(
  Array.from({ length: 53 * 7 }, (_, row) => [row % 53, (row * row) % 31, row, 1 + (row % 5)] as const),
);

const listRows = ({ catalogue, users, items, timestamps }: Interactions) =>
  Array.from(users, (user, row) => [
    String(catalogue.userIds[user]),
    String(catalogue.itemIds[items[row]!]),
    timestamps?.[row],
  ]).sort((one, other) => (one[2] as number) - (other[2] as number));

describe('joinValidation', () => {
  const splits: [name: string, split: Split][] = [
    ['leaveLastOut', leaveLastOut()],
    ['atRandom', atRandom({ test: 0.2, validation: 0.1 })],
    ['byTime', byTime({ test: 0.2, validation: 0.1 })],
    ['byUser', byUser({ test: 0.2, validation: 0.2 })],
    ['holdOutUsers', holdOutUsers({ test: 11, validation: 7 })],
    ['windowTargets', windowTargets(byUser({ test: 0.2, validation: 0.2 }), { length: 3, targets: 'every' })],
  ];

  it.each(splits)('has every known interaction outside of the test part once: %s', (_, split) => {
    const parts = split.split(all, createRng(1));
    const test = parts.test.targets.catalogue === parts.train.catalogue ? parts.test : undefined;
    const joined = listRows(joinValidation(parts));
    expect(new Set(joined.map(String)).size).toBe(joined.length);
    expect(joined.length).toBeGreaterThan(parts.train.users.length);
    const trained = new Set(listRows(parts.train).map(String));
    const validated = parts.uncutValidation ?? parts.validation!;
    const expected = new Set([
      ...trained,
      ...listRows(validated.history).map(String),
      ...listRows(validated.targets).map(String),
    ]);
    expect(new Set(joined.map(String))).toEqual(expected);
    if (test) for (const row of listRows(test.targets)) expect(expected.has(String(row))).toBe(false);
  });

  it('appends what train does not have, in the order of the source', () => {
    const { validation, ...parts } = leaveLastOut().split(all, createRng(1));
    const joined = joinValidation({ ...parts, validation: validation! });
    expect([...joined.items.subarray(0, parts.train.items.length)]).toEqual([...parts.train.items]);
    expect([...joined.items.subarray(parts.train.items.length)]).toEqual([...validation!.targets.items]);
  });

  it('refuses parts without validation', () => {
    expect(() => joinValidation(byUser({ test: 0.2 }).split(all, createRng(1)))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: joinValidation: expected a split with a validation part, received one without. Choose a split that has one, e.g. leaveLastOut().]`,
    );
  });
});
