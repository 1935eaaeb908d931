import { expect } from 'vitest';
import type { Filter } from '../types.js';
import { describePromises, type Promised, protocolPromise } from './describe-promises.js';
import { createSample, listRowNumbers, listSourceRows } from './sample.js';

export interface FilterPromises {
  /** `source` (default): what is kept keeps its order. `own`: the filter brings its own order. */
  readonly order?: 'source' | 'own';
  /** `compact` (default): users and items without interactions are dropped. `whole`: all stay. */
  readonly catalogue?: 'compact' | 'whole';
}

/**
 * The promises that every filter keeps, as tests.
 *
 * @example
 * describeFilter('kCore', kCore({ minimum: 5 }));
 */
export function describeFilter(name: string, filter: Filter, promises: FilterPromises = {}): void {
  describePromises(name, filterPromises(filter, promises));
}

/** The same promises as functions that throw. */
export function filterPromises(
  filter: Filter,
  { order = 'source', catalogue = 'compact' }: FilterPromises = {},
): Promised[] {
  return [
    protocolPromise(filter),
    ...(order === 'source' ? [promiseSourceOrder(filter)] : []),
    [
      'keeps a row once',
      () =>
        expect(new Set(listRowNumbers(filter.apply(createSample()))).size).toBe(
          filter.apply(createSample()).users.length,
        ),
    ],
    [
      'changes nothing in what it keeps: ids, titles, features, ratings, times',
      () => {
        const all = listSourceRows(createSample());
        const kept = filter.apply(createSample());
        expect(listSourceRows(kept)).toEqual(listRowNumbers(kept).map((row) => all[row]));
      },
    ],
    catalogue === 'compact' ? promiseDenseIds(filter) : promiseWholeCatalogue(filter),
    [
      'keeps users and items in the order of their old ids',
      () => {
        const [before, after] = [createSample().catalogue, filter.apply(createSample()).catalogue];
        expect([...after.userIds]).toEqual([...before.userIds].filter((id) => [...after.userIds].includes(id)));
        expect([...after.itemIds]).toEqual([...before.itemIds].filter((id) => [...after.itemIds].includes(id)));
      },
    ],
    ['gives the same again', () => expect(filter.apply(createSample())).toEqual(filter.apply(createSample()))],
    [
      'leaves its input as it was',
      () => {
        const given = createSample();
        filter.apply(given);
        expect(given).toEqual(createSample());
      },
    ],
  ];
}

function promiseSourceOrder(filter: Filter): Promised {
  return [
    'keeps the order of the source',
    () => {
      const kept = listRowNumbers(filter.apply(createSample()));
      expect(kept).toEqual([...kept].sort((one, other) => one - other));
    },
  ];
}

function promiseDenseIds(filter: Filter): Promised {
  return [
    'numbers users and items densely: every id occurs',
    () => {
      const { catalogue, users, items } = filter.apply(createSample());
      const counted = (count: number) => Array.from({ length: count }, (_, id) => id);
      expect([...new Set(users)].sort((one, other) => one - other)).toEqual(counted(catalogue.userCount));
      expect([...new Set(items)].sort((one, other) => one - other)).toEqual(counted(catalogue.itemCount));
      expect([catalogue.userIds.length, catalogue.itemIds.length]).toEqual([catalogue.userCount, catalogue.itemCount]);
    },
  ];
}

function promiseWholeCatalogue(filter: Filter): Promised {
  return [
    'keeps all users and items',
    () => expect(filter.apply(createSample()).catalogue).toEqual(createSample().catalogue),
  ];
}
