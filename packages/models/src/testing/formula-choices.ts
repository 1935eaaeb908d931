import type { Interactions } from '@footlight/datasets';
import { tf, toSparseRows } from '@footlight/engine';
import type { Queries } from '../types.js';

const [userCount, itemCount] = [61, 37];

/** The choices of each user that the fixtures of solvers are computed from, some repeated; see `tooling/fixtures`. */
const lists = Array.from({ length: userCount }, (_, user) =>
  Array.from({ length: 2 + (user % 11) }, (_, k) => (user * user + 3 * user * k + k ** 3) % itemCount),
);

export const formulaInteractions: Interactions = {
  catalogue: { userCount, itemCount, userIds: new Int32Array(userCount), itemIds: new Int32Array(itemCount) },
  users: Int32Array.from(lists.flatMap((items, user) => items.map(() => user))),
  items: Int32Array.from(lists.flat()),
};

/** Creates the queries of the first seven users, whose scores the fixtures have. */
export function createFormulaQueries(): Queries {
  const baskets = lists.slice(0, 7).map((items) => [...new Set(items)]);
  return {
    users: tf.tensor1d([0, 1, 2, 3, 4, 5, 6], 'int32'),
    history: tf.zeros<tf.Rank.R2>([7, 1], 'int32'),
    mask: tf.zeros<tf.Rank.R2>([7, 1]),
    baskets: toSparseRows(baskets),
  };
}
