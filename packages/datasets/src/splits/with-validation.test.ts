import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createFormulaInteractions, listPairs } from '../fixtures.js';
import { atRandom } from './at-random.js';
import { byUser } from './by-user.js';
import { joinValidation } from './join-validation.js';
import { leaveLastOut } from './leave-last-out.js';
import { windowTargets } from './window-targets.js';
import { withValidation } from './with-validation.js';

const all = createFormulaInteractions();
const sort = (pairs: readonly (readonly unknown[])[]): string[] => pairs.map(String).sort();

describe('withValidation', () => {
  it('divides the training part and leaves the test part as it is', () => {
    const outer = atRandom({ test: 0.2, seed: 1 });
    const plain = outer.split(all, createRng(1));
    const inner = atRandom({ test: 0.25, seed: 2 });
    const splits = withValidation(outer, { validation: inner }).split(all, createRng(1));
    expect(splits.test).toEqual(plain.test);
    expect(splits.validation).toEqual(inner.split(plain.train, createRng(1)).test);
    expect(sort(listPairs(joinValidation(splits)))).toEqual(sort(listPairs(plain.train)));
  });

  it('holds out other users than those of the test part, also in windows', () => {
    const split = withValidation(byUser({ test: 0.3 }), { validation: byUser({ test: 0.3, seed: 7 }) });
    const windows = { length: 3, targets: 'every' } as const;
    const { train, validation, test } = windowTargets(split, windows).split(all, createRng(1));
    const parts = [train.users, validation!.queryUsers!, test.queryUsers!].map((users) => new Set(users));
    const union = new Set(parts.flatMap((part) => [...part]));
    expect(union.size).toBe(parts.reduce((sum, { size }) => sum + size, 0));
    expect(parts.every(({ size }) => size > 0)).toBe(true);
    expect(test).toEqual(windowTargets(byUser({ test: 0.3 }), windows).split(all, createRng(1)).test);
  });

  it('refuses a split that has a validation part, and names both in its protocol', () => {
    const [outer, inner] = [atRandom({ test: 0.2 }), leaveLastOut({ validation: false })];
    expect(withValidation(outer, { validation: inner })).toMatchObject({
      name: 'at-random(0.2) with validation by leave-last-out(no validation)',
      protocol: { split: { name: 'at-random', test: 0.2 }, validation: { name: 'leave-last-out' } },
    });
    const fail = (...[split, validation]: Parameters<typeof withValidation>) =>
      expect(() => withValidation(split, validation).split(all, createRng(1)));
    fail(leaveLastOut(), { validation: outer }).toThrow(
      'withValidation(split): expected a split without a validation part, received leave-last-out, which has one.',
    );
    fail(outer, { validation: leaveLastOut() }).toThrow('withValidation(validation): expected');
  });
});
