import { groupByUser, type Interactions } from '@footlight/datasets';
import type { SparseRows } from '@footlight/engine';

/** Who chose what, each pair once, and how often. */
export interface ImplicitFeedback extends SparseRows {
  readonly counts: Float32Array; // [entry]
}

/** The choices of each user, in the order in which they were first made. */
export function countFeedback(train: Interactions): ImplicitFeedback {
  const { userCount, itemCount } = train.catalogue;
  const { offsets: bounds, rows } = groupByUser(train);
  const [offsets, ids, counts] = [
    new Int32Array(userCount + 1),
    new Int32Array(rows.length),
    new Float32Array(rows.length),
  ];
  const entryOf = new Int32Array(itemCount).fill(-1);
  let count = 0;
  for (let user = 0; user < userCount; user++) {
    const first = count;
    for (const row of rows.subarray(bounds[user], bounds[user + 1])) {
      const item = train.items[row]!;
      if (entryOf[item]! < first) {
        entryOf[item] = count;
        ids[count++] = item;
      }
      counts[entryOf[item]!]!++;
    }
    offsets[user + 1] = count;
  }
  return { offsets, ids: ids.slice(0, count), counts: counts.slice(0, count) };
}

/** The same by column: for each item who chose it, in ascending order. */
export function transposeFeedback({ offsets, ids, counts }: ImplicitFeedback, columns: number): ImplicitFeedback {
  const bounds = new Int32Array(columns + 1);
  for (const id of ids) bounds[id + 1]!++;
  for (let column = 0; column < columns; column++) bounds[column + 1]! += bounds[column]!;
  const next = bounds.slice();
  const turned = { offsets: bounds, ids: new Int32Array(ids.length), counts: new Float32Array(ids.length) };
  for (let row = 0; row < offsets.length - 1; row++)
    for (let entry = offsets[row]!; entry < offsets[row + 1]!; entry++) {
      const to = next[ids[entry]!]!++;
      turned.ids[to] = row;
      turned.counts[to] = counts[entry]!;
    }
  return turned;
}
