import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { readFeatureNames } from './features.js';
import { movielens } from './sources/movielens.js';
import type { Features, Interactions, OriginalIds } from './types.js';

// Shared by the tests of this package.

/** One row: user, item, timestamp (default: the row number) and rating (default: 1 + row modulo 5). */
export type Row = readonly [user: number, item: number, timestamp?: number, rating?: number];

/** Interactions whose original ids are 100 + user and 10 × item, with the titles 'Item 0', 'Item 1', …. */
export function createInteractions(
  table: readonly Row[],
  counts: { readonly userCount?: number; readonly itemCount?: number } = {},
): Interactions {
  const userCount = counts.userCount ?? 1 + Math.max(-1, ...table.map(([user]) => user));
  const itemCount = counts.itemCount ?? 1 + Math.max(-1, ...table.map(([, item]) => item));
  return {
    catalogue: {
      userCount,
      itemCount,
      userIds: Int32Array.from({ length: userCount }, (_, user) => 100 + user),
      itemIds: Int32Array.from({ length: itemCount }, (_, item) => 10 * item),
      itemTitles: Array.from({ length: itemCount }, (_, item) => `Item ${item}`),
    },
    users: Int32Array.from(table, ([user]) => user),
    items: Int32Array.from(table, ([, item]) => item),
    ratings: Float32Array.from(table, ([, , , rating], row) => rating ?? 1 + (row % 5)),
    timestamps: Float64Array.from(table, ([, , timestamp], row) => timestamp ?? row),
  };
}

/** The rows as [original user, original item]. */
export function listPairs({ catalogue, users, items }: Interactions): (string | number)[][] {
  return Array.from(users, (user, row) => [catalogue.userIds[user]!, catalogue.itemIds[items[row]!]!]);
}

/** The features of each entity, as `field=value`. */
export function listFeatures(features: Features): string[][];
export function listFeatures(features: Features | undefined): string[][] | undefined;
export function listFeatures(features: Features | undefined): string[][] | undefined {
  return features && Array.from(features.offsets.subarray(1), (_, entity) => readFeatureNames(features, entity));
}

/**
 * 5,003 rows by the formula of tooling/fixtures/splits.py. The original id of a user is (37 × user mod 211) + 1, or
 * this number after a `u`.
 */
export function createFormulaInteractions(texts = false): Interactions {
  const rows = Array.from({ length: 5003 }, (_, row): Row => {
    const user = (row * 7919 + Math.floor(row / 13)) % 211;
    return [user, (row * row + 31 * row) % 97, row, 1 + ((row * 3 + Math.floor(row / 7)) % 5)];
  });
  const { catalogue, ...columns } = createInteractions(rows, { userCount: 211, itemCount: 97 });
  const userIds = Int32Array.from({ length: 211 }, (_, user) => ((37 * user) % 211) + 1);
  const originalIds: OriginalIds = texts ? Array.from(userIds, (id) => `u${id}`) : userIds;
  return {
    ...columns,
    catalogue: {
      ...catalogue,
      userIds: originalIds,
      itemIds: Int32Array.from({ length: 97 }, (_, item) => 2 * item + 5),
    },
  };
}

/** The number of rows, the sums of users, of items, and of their products: they change if one id changes. */
export function sumIds({ users, items }: Pick<Interactions, 'users' | 'items'>): number[] {
  const sum = (read: (row: number) => number) => users.reduce((total, _, row) => total + read(row), 0);
  return [users.length, sum((row) => users[row]!), sum((row) => items[row]!), sum((row) => users[row]! * items[row]!)];
}

/** The same sums over original ids, which must be numbers. */
export function sumOriginalIds({ catalogue, users, items }: Interactions): number[] {
  const original = (ids: OriginalIds, column: Int32Array) => Int32Array.from(column, (id) => Number(ids[id]));
  return sumIds({ users: original(catalogue.userIds, users), items: original(catalogue.itemIds, items) });
}

const archive = join(process.env.FOOTLIGHT_DATA ?? '', 'ml-100k.zip');

/** For `describe.skipIf`. */
export const withoutMl100k: boolean = !existsSync(archive);
export const needsMl100k: string = withoutMl100k ? ' (skipped: no ml-100k.zip in FOOTLIGHT_DATA)' : '';

/** MovieLens 100K as Spotlight numbers it. */
export function loadMl100k(): Promise<Interactions> {
  return movielens('100k', { numbering: 'spotlight' }).load({ rng: createRng(1) });
}
