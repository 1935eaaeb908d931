import { expect } from 'vitest';
import type { Filter } from '../types.js';
import { describePromises, type Promised, protocolPromise } from './describe-promises.js';
import { rowNumbers, sample, sourceRows } from './sample.js';

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
    ...(order === 'source' ? [sourceOrder(filter)] : []),
    [
      'keeps a row once',
      () => expect(new Set(rowNumbers(filter.apply(sample()))).size).toBe(filter.apply(sample()).users.length),
    ],
    [
      'changes nothing in what it keeps: ids, titles, features, ratings, times',
      () => {
        const all = sourceRows(sample());
        const kept = filter.apply(sample());
        expect(sourceRows(kept)).toEqual(rowNumbers(kept).map((row) => all[row]));
      },
    ],
    catalogue === 'compact' ? everyIdOccurs(filter) : wholeCatalogue(filter),
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

function sourceOrder(filter: Filter): Promised {
  return [
    'keeps the order of the source',
    () => {
      const kept = rowNumbers(filter.apply(sample()));
      expect(kept).toEqual([...kept].sort((one, other) => one - other));
    },
  ];
}

function everyIdOccurs(filter: Filter): Promised {
  return [
    'numbers users and items densely: every id occurs',
    () => {
      const { catalogue, users, items } = filter.apply(sample());
      const counted = (count: number) => Array.from({ length: count }, (_, id) => id);
      expect([...new Set(users)].sort((one, other) => one - other)).toEqual(counted(catalogue.userCount));
      expect([...new Set(items)].sort((one, other) => one - other)).toEqual(counted(catalogue.itemCount));
      expect([catalogue.userIds.length, catalogue.itemIds.length]).toEqual([catalogue.userCount, catalogue.itemCount]);
    },
  ];
}

function wholeCatalogue(filter: Filter): Promised {
  return ['keeps all users and items', () => expect(filter.apply(sample()).catalogue).toEqual(sample().catalogue)];
}
