import { groupByUser, type Interactions } from '@footlight/datasets';
import type { SparseRows } from '@footlight/engine';

/** Implicit feedback as a sparse matrix: the items that each user chose, each once, and how often. */
export interface ImplicitFeedback extends SparseRows {
  /** Number of choices, `[entry]`. */
  readonly counts: Float32Array;
}

/**
 * Counts the choices of each user; items are in the order of their first choice.
 *
 * @param weights what each choice counts, `[interaction]`; those with 0 are left out. Default: 1 each
 */
export function countFeedback(train: Interactions, weights?: Float32Array): ImplicitFeedback {
  const { userCount, itemCount } = train.catalogue;
  const { offsets: bounds, rows } = groupByUser(train);
  const [offsets, ids, counts] = [
    new Int32Array(userCount + 1),
    new Int32Array(rows.length),
    new Float32Array(rows.length),
  ];
  const lastEntry = new Int32Array(itemCount).fill(-1); // the latest entry of each item
  let count = 0;
  for (let user = 0; user < userCount; user++) {
    const first = count;
    for (const row of rows.subarray(bounds[user], bounds[user + 1])) {
      const item = train.items[row]!;
      const weight = weights ? weights[row]! : 1;
      if (weight === 0) continue;
      if (lastEntry[item]! < first) {
        lastEntry[item] = count;
        ids[count++] = item;
      }
      counts[lastEntry[item]!]! += weight;
    }
    offsets[user + 1] = count;
  }
  return { offsets, ids: ids.slice(0, count), counts: counts.slice(0, count) };
}

/** Transposes the matrix: the users who chose each item, ascending, and how often. */
export function transposeFeedback({ offsets, ids, counts }: ImplicitFeedback, columns: number): ImplicitFeedback {
  const bounds = new Int32Array(columns + 1);
  for (const id of ids) bounds[id + 1]!++;
  for (let column = 0; column < columns; column++) bounds[column + 1]! += bounds[column]!;
  const next = bounds.slice();
  const transposed = { offsets: bounds, ids: new Int32Array(ids.length), counts: new Float32Array(ids.length) };
  for (let row = 0; row < offsets.length - 1; row++)
    for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++) {
      const to = next[ids[entry]!]!++;
      transposed.ids[to] = row;
      transposed.counts[to] = counts[entry]!;
    }
  return transposed;
}
