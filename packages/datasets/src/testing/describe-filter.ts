import { expect } from 'vitest';
import type { Filter, Interactions, RowOrder } from '../types.js';
import { describePromises, type Promised, protocolPromise } from './describe-promises.js';
import { createSample, createShuffledSample, expectLowRated, listRowNumbers, listSourceRows } from './sample.js';

/** Promises that differ between filters. */
export interface FilterPromises {
  /** `source` (default): the remaining rows stay in the order of the source. `own`: the filter sorts them. */
  readonly order?: 'source' | 'own';
  /** `compact` (default): users and items without interactions are removed. `whole`: all stay. */
  readonly catalogue?: 'compact' | 'whole';
  /** `canonical` (default): the order of rows changes nothing. `source`: the filter follows the order of rows. */
  readonly rows?: RowOrder;
}

/**
 * Contract suite of filters: one test per promise.
 *
 * @example
 * describeFilter('kCore', kCore({ minimum: 5 }));
 */
export function describeFilter(name: string, filter: Filter, promises: FilterPromises = {}): void {
  describePromises(name, createFilterPromises(filter, promises));
}

/** The promises as functions that throw if they are broken. */
export function createFilterPromises(
  filter: Filter,
  { order = 'source', catalogue = 'compact', rows = 'canonical' }: FilterPromises = {},
): Promised[] {
  return [
    protocolPromise(filter),
    ...(order === 'source' ? [promiseSourceOrder(filter)] : []),
    [
      'keeps each row at most once',
      () =>
        expect(new Set(listRowNumbers(filter.apply(createSample()))).size).toBe(
          filter.apply(createSample()).users.length,
        ),
    ],
    [
      'changes no remaining row: ids, titles, features, vectors, ratings, timestamps, weights',
      () => {
        const all = listSourceRows(createSample());
        const kept = filter.apply(createSample());
        expect(listSourceRows(kept)).toEqual(listRowNumbers(kept).map((row) => all[row]));
      },
    ],
    [
      'keeps the low ratings that were set aside, of users and items that remain',
      () => expectLowRated(filter.apply(createSample())),
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
    ...(rows === 'canonical' ? [promiseSameRows(filter, order)] : []),
    [
      'returns the same result for the same input',
      () => expect(filter.apply(createSample())).toEqual(filter.apply(createSample())),
    ],
    [
      'does not change its input',
      () => {
        const input = createSample();
        filter.apply(input);
        expect(input).toEqual(createSample());
      },
    ],
  ];
}

function promiseSameRows(filter: Filter, order: 'source' | 'own'): Promised {
  return [
    'keeps the same rows when the rows of its input are shuffled',
    () => {
      const list = (input: Interactions) => {
        const rows = listSourceRows(filter.apply(input));
        return order === 'own' ? rows : rows.sort(([one], [other]) => one - other);
      };
      expect(list(createShuffledSample())).toEqual(list(createSample()));
    },
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
    'numbers users and items densely, so that every id occurs',
    () => {
      const { catalogue, users, items } = filter.apply(createSample());
      const range = (count: number) => Array.from({ length: count }, (_, id) => id);
      expect([...new Set(users)].sort((one, other) => one - other)).toEqual(range(catalogue.userCount));
      expect([...new Set(items)].sort((one, other) => one - other)).toEqual(range(catalogue.itemCount));
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
