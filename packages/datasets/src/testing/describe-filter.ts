import { expect } from 'vitest';
import type { Filter } from '../types.js';
import { describePromises, type Promised, protocolPromise } from './describe-promises.js';
import { rowNumbers, sample, sourceRows } from './sample.js';

/**
 * The promises that every filter keeps, as tests.
 *
 * @example
 * describeFilter('kCore', kCore({ minimum: 5 }));
 */
export function describeFilter(name: string, filter: Filter): void {
  describePromises(name, filterPromises(filter));
}

/** The same promises as functions that throw. */
export function filterPromises(filter: Filter): Promised[] {
  return [
    protocolPromise(filter),
    [
      'keeps the order of the source',
      () => {
        const kept = rowNumbers(filter.apply(sample()));
        expect(kept).toEqual([...kept].sort((one, other) => one - other));
        expect(new Set(kept).size).toBe(kept.length);
      },
    ],
    [
      'changes nothing in what it keeps: ids, titles, ratings, times',
      () => {
        const all = sourceRows(sample());
        const kept = filter.apply(sample());
        expect(sourceRows(kept)).toEqual(rowNumbers(kept).map((row) => all[row]));
      },
    ],
    [
      'numbers users and items densely: every id occurs',
      () => {
        const { catalogue, users, items } = filter.apply(sample());
        const counted = (count: number) => Array.from({ length: count }, (_, id) => id);
        expect([...new Set(users)].sort((one, other) => one - other)).toEqual(counted(catalogue.userCount));
        expect([...new Set(items)].sort((one, other) => one - other)).toEqual(counted(catalogue.itemCount));
        expect([catalogue.userIds.length, catalogue.itemIds.length]).toEqual([catalogue.userCount, catalogue.itemCount]);
      },
    ],
    [
      'keeps users and items in the order of their old ids',
      () => {
        const [before, after] = [sample().catalogue, filter.apply(sample()).catalogue];
        expect([...after.userIds]).toEqual([...before.userIds].filter((id) => [...after.userIds].includes(id)));
        expect([...after.itemIds]).toEqual([...before.itemIds].filter((id) => [...after.itemIds].includes(id)));
      },
    ],
    ['gives the same again', () => expect(filter.apply(sample())).toEqual(filter.apply(sample()))],
    [
      'leaves its input as it was',
      () => {
        const given = sample();
        filter.apply(given);
        expect(given).toEqual(sample());
      },
    ],
  ];
}
