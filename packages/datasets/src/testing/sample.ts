import { createRng, type Rng } from '@footlight/core';
import { expect } from 'vitest';
import { buildFeatures, readFeatureNames } from '../features.js';
import { renumber } from '../reindex.js';
import { selectRows } from '../select-rows.js';
import type { Features, Interactions, LowRated } from '../types.js';

/**
 * Interactions with every difficult case: users and items that do not occur, repeated pairs, equal timestamps, no order
 * by user or time, and original ids that differ from the dense ids. The rating of a row is its number, so that the row
 * can be identified.
 */
export function createSample(): Interactions {
  const rng = createRng('sample');
  const [userCount, itemCount] = [53, 31];
  const users: number[] = [];
  for (let user = 0; user < userCount; user++)
    if (user !== 5) for (let k = 3 + rng.integer(11); k > 0; k--) users.push(user);
  rng.shuffle(users);
  const items = users.map(() => (7 + 1 + rng.integer(itemCount - 1)) % itemCount); // never item 7
  const timestamps = Float64Array.from(users, () => 1e9 + rng.integer(101));
  const weights = Float32Array.from(users, (_, row) => (row * 3) % 17);
  const parts = Uint8Array.from(users, () => (rng.integer(5) === 0 ? 1 : 0));
  return {
    catalogue: {
      userCount,
      itemCount,
      userIds: Array.from({ length: userCount }, (_, user) => `user ${(user * 17) % userCount}`),
      itemIds: Int32Array.from({ length: itemCount }, (_, item) => 1000 + ((item * 11) % itemCount)),
      itemTitles: Array.from({ length: itemCount }, (_, item) => `Title ${item}`),
      userFeatures: buildFeatures([
        { name: 'town', values: Array.from({ length: userCount }, (_, user) => [`${user % 11}`]) },
      ]),
      itemFeatures: buildFeatures([
        { name: 'color', values: Array.from({ length: itemCount }, (_, item) => listColors(item)) },
      ]),
      itemVectors: { dim: 2, values: Float32Array.from({ length: itemCount * 2 }, (_, at) => (at * 7) % 23) },
    },
    users: Int32Array.from(users),
    items: Int32Array.from(items),
    ratings: Float32Array.from(users, (_, row) => row),
    timestamps,
    weights,
    parts,
    lowRated: drawLowRated(rng, userCount, itemCount),
  };
}

/** Low ratings of most users: those of users whose number is a multiple of 7 are missing. */
function drawLowRated(rng: Rng, userCount: number, itemCount: number): LowRated {
  const users = rng.integers(userCount, new Int32Array(211)).filter((user) => user % 7 > 0);
  return {
    users,
    items: rng.integers(itemCount, new Int32Array(users.length)),
    ratings: Float32Array.from(users, (_, row) => 1 + (row % 3)),
    timestamps: Float64Array.from(users, () => 1e9 + rng.integer(101)),
  };
}

/** The same interactions and low ratings in another order of rows; users and items keep their dense ids. */
export function shuffleRows(interactions: Interactions): Interactions {
  const shuffle = ({ length }: Int32Array) => createRng('rows').shuffle(Int32Array.from({ length }, (_, row) => row));
  const { lowRated, ...columns } = selectRows(interactions, shuffle(interactions.users));
  if (!lowRated) return columns;
  const { catalogue } = columns;
  const { users, items, ratings, timestamps } = selectRows({ catalogue, ...lowRated }, shuffle(lowRated.users));
  return { ...columns, lowRated: { users, items, ratings: ratings!, ...(timestamps && { timestamps }) } };
}

/** The low ratings with their original ids, sorted. */
function listLowRated({ catalogue, lowRated }: Interactions): string[] {
  const { users, items, ratings, timestamps } = lowRated!;
  return Array.from(users, (user, row) =>
    [catalogue.userIds[user], catalogue.itemIds[items[row]!], ratings[row], timestamps?.[row]].join(' '),
  ).sort();
}

/** The sample in another order of rows, with users and items numbered in another order. */
export function createShuffledSample(): Interactions {
  const shuffled = shuffleRows(createSample());
  const shuffleIds = (count: number) => createRng('ids').shuffle(Int32Array.from({ length: count }, (_, id) => id));
  const { userCount, itemCount } = shuffled.catalogue;
  return renumber(shuffled, shuffleIds(userCount), shuffleIds(itemCount));
}

/** No, one or two colors. */
function listColors(item: number): string[] {
  return item % 5 === 0 ? [] : [`${item % 3}`, `${item % 7}`];
}

/** A row with the original ids. */
export type SourceRow = readonly [
  row: number,
  user: string | number,
  item: string | number,
  title: string | undefined,
  time: number,
  part: number,
  weight: number,
  vector: readonly number[],
  userFeatures: readonly string[],
  itemFeatures: readonly string[],
];

export function listSourceRows(interactions: Interactions): SourceRow[] {
  const { catalogue, users, items, ratings, timestamps, parts, weights } = interactions;
  const vectors = catalogue.itemVectors!;
  return Array.from(users, (user, at) => {
    const item = items[at]!;
    return [
      ratings![at]!,
      catalogue.userIds[user]!,
      catalogue.itemIds[item]!,
      catalogue.itemTitles?.[item],
      timestamps![at]!,
      parts![at]!,
      weights![at]!,
      [...vectors.values.subarray(item * vectors.dim, (item + 1) * vectors.dim)],
      listFeatureNames(catalogue.userFeatures, user),
      listFeatureNames(catalogue.itemFeatures, item),
    ];
  });
}

function listFeatureNames(features: Features | undefined, entity: number): string[] {
  return features ? readFeatureNames(features, entity) : [];
}

/** The row numbers in the sample. */
export function listRowNumbers({ ratings }: Interactions): number[] {
  return [...ratings!];
}

/** Checks that the low ratings are those of the sample whose users and items are still in the catalogue, or more. */
export function expectLowRated(interactions: Interactions): void {
  const { userIds, itemIds } = interactions.catalogue;
  const [users, items] = [userIds, itemIds].map((ids) => new Set(Array.from<string | number>(ids).map(String)));
  const remaining = listLowRated(createSample()).filter((row) => {
    const [userWord, number, item] = row.split(' ');
    return users!.has(`${userWord} ${number}`) && items!.has(item!);
  });
  expect(listLowRated(interactions)).toEqual(expect.arrayContaining(remaining));
}
