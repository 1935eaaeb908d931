import { groupByUserInTime } from '@footlight/datasets';
import type { Recommender } from '@footlight/trainer';
import type { ExportedVectors } from '../read-vectors.js';
import type { Cell } from './insert-rows.js';
import type { TableKind } from './statements.js';

/** The rows of each table. */
export function listRows(
  { known, catalogue: { itemIds, userIds, itemTitles } }: Recommender,
  { dim, items, users }: ExportedVectors,
): Record<TableKind, () => Generator<readonly Cell[]>> {
  const widen = (vectors: Float32Array, row: number, last: number): Float32Array => {
    const wide = new Float32Array(dim + 1);
    wide.set(vectors.subarray(row * dim, (row + 1) * dim));
    wide[dim] = last;
    return wide;
  };
  return {
    *items() {
      for (let item = 0; item < itemIds.length; item++)
        yield [
          ...[itemIds[item]!, item, ...(itemTitles ? [itemTitles[item] ?? ''] : [])],
          widen(items.vectors, item, items.biases?.[item] ?? 0),
        ];
    },
    *users() {
      for (let row = 0; row < users!.ids.length; row++)
        yield [users!.ids[row]!, users!.biases?.[row] ?? 0, widen(users!.vectors, row, 1)];
    },
    *seen() {
      const { offsets, rows } = groupByUserInTime(known);
      for (let user = 0; user < userIds.length; user++)
        for (const item of new Set(
          Array.from(rows.subarray(offsets[user]!, offsets[user + 1]!), (row) => known.items[row]!),
        ))
          yield [userIds[user]!, itemIds[item]!];
    },
  };
}
