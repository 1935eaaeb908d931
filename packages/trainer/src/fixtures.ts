import type { Dataset, HeldOut, Interactions, Split } from '@footlight/datasets';
import * as tf from '@tensorflow/tfjs';
import type { Predictor } from './predictor.js';

// What the tests of this package share; nothing of it is exported.

/** Interactions from [user, item] pairs; original ids are 100 + user and 10 × item, titles 'Item A', 'Item B', …. Times are row numbers. */
export function interactions(pairs: readonly (readonly [user: number, item: number])[], userCount: number, itemCount: number): Interactions {
  return {
    catalogue: {
      userCount,
      itemCount,
      userIds: Int32Array.from({ length: userCount }, (_, user) => 100 + user),
      itemIds: Int32Array.from({ length: itemCount }, (_, item) => 10 * item),
      itemTitles: Array.from({ length: itemCount }, (_, item) => `Item ${String.fromCharCode(65 + item)}`),
    },
    users: Int32Array.from(pairs, ([user]) => user),
    items: Int32Array.from(pairs, ([, item]) => item),
    ratings: Float32Array.from(pairs, (_, row) => 1 + (row % 5)),
    timestamps: Float64Array.from(pairs, (_, row) => row),
  };
}

/** Always gives the scores of `table` [user][item]. */
export function scoresOf(table: readonly (readonly number[])[]): Predictor {
  const scores = tf.tensor2d(table.map((row) => [...row]));
  return {
    reads: 'user',
    parameters: {},
    score: ({ users }) => tf.gather(scores, users) as tf.Tensor2D,
    scoreCandidates: ({ users }, candidates) => tf.gather(tf.gather(scores, users), candidates, 1, 1) as tf.Tensor2D,
  };
}

/** Five users with two tastes: even users like even items, odd users odd ones; 7 items each of 17. */
export function twoTastes(): Interactions {
  const pairs = Array.from({ length: 60 }, (_, user) => Array.from({ length: 7 }, (_, k) => [user, (2 * (user + 3 * k) + (user % 2)) % 34] as const)).flat();
  return interactions(pairs, 60, 34);
}

export function given(all: Interactions): Dataset {
  return { name: 'given', protocol: {}, columns: { ratings: true, timestamps: true }, load: async () => all };
}

export function rowsOf(all: Interactions, keep: (row: number) => boolean): Interactions {
  const rows = [...all.users.keys()].filter(keep);
  const pick = <T extends Int32Array | Float32Array | Float64Array>(column: T): T => column.filter((_, row) => keep(row)) as T;
  return rows.length === all.users.length ? all : { catalogue: all.catalogue, users: pick(all.users), items: pick(all.items), ratings: pick(all.ratings!), timestamps: pick(all.timestamps!) };
}

/** Every seventh interaction is tested, the one before it is the validation part. */
export function everySeventh(): Split {
  return {
    name: 'every-seventh',
    protocol: {},
    split(all) {
      const train = rowsOf(all, (row) => row % 7 < 5);
      const held = (which: number, history: Interactions): HeldOut => ({ history, targets: rowsOf(all, (row) => row % 7 === which) });
      return { train, validation: held(5, train), test: held(6, rowsOf(all, (row) => row % 7 < 6)) };
    },
  };
}
