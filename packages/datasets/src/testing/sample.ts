import { createRng } from '@footlight/core';
import { buildFeatures, readFeatureNames } from '../features.js';
import { renumber } from '../reindex.js';
import { selectRows } from '../select-rows.js';
import type { Features, Interactions } from '../types.js';

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
    timestamps: Float64Array.from(users, () => 1e9 + rng.integer(101)),
    weights: Float32Array.from(users, (_, row) => (row * 3) % 17),
    parts: Uint8Array.from(users, () => (rng.integer(5) === 0 ? 1 : 0)),
  };
}

/** The same interactions in another order of rows; users and items keep their dense ids. */
export function shuffleRows(interactions: Interactions): Interactions {
  return selectRows(interactions, createRng('rows').shuffle(Int32Array.from(interactions.users.keys())));
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
