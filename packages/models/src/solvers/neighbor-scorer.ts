import { invalid } from '@footlight/core';
import { allocateZeros, type SparseRows, sumSparseRows, tf, toSparseRows, type WeightedRows } from '@footlight/engine';
import type { DataSummary, Queries, Scorer } from '../types.js';

/** Weights between items: a list of as many entries for each item. Entries of weight 0 fill up short lists. */
export interface NeighborLists {
  /** `[item, neighbor]` */
  readonly ids: Int32Array;
  /** `[item, neighbor]` */
  readonly weights: Float32Array;
}

export interface NeighborScorerOptions {
  /** The model, for messages. */
  readonly name: string;
  /** Length of each list. */
  readonly neighbors: number;
  /** Whether the list of an item has those that raise its score (`candidate`), or whose scores it raises (`chosen`). */
  readonly listsOf: 'candidate' | 'chosen';
  readonly reads: 'basket' | { readonly history: number };
}

/**
 * Creates a scorer that adds up weights between the items of the history, each once, and all items:
 * $s_{ui} = \sum_{j \in H_u} w_{ji}$.
 */
export function createNeighborScorer(
  { itemCount }: DataSummary,
  { name, neighbors, listsOf, reads }: NeighborScorerOptions,
  lists?: NeighborLists,
): Scorer {
  const shape: [number, number] = [itemCount, neighbors];
  const size = itemCount * neighbors;
  const similarities = tf.tidy(() => tf.variable(tf.tensor2d(lists?.weights ?? allocateZeros(size), shape), false));
  const ids = tf.tidy(() => tf.variable(tf.tensor2d(lists?.ids ?? new Int32Array(size), shape, 'int32'), false));
  const toBags = (queries: Queries): SparseRows =>
    reads === 'basket'
      ? (queries.baskets ?? invalid(`${name}.score(queries)`, 'queries with baskets', 'none'))
      : listDistinct(queries);
  let cached: { readonly from: readonly object[]; readonly table: WeightedRows } | undefined;
  const readTable = (): WeightedRows => {
    const from = [ids.dataId, similarities.dataId];
    if (cached?.from.every((data, at) => data === from[at])) return cached.table;
    const read = { ids: ids.dataSync() as Int32Array, weights: similarities.dataSync() as Float32Array };
    cached = { from, table: packLists(read, itemCount, neighbors, listsOf) };
    return cached.table;
  };
  return {
    reads,
    parameters: { ids, similarities },
    idCounts: { ids: itemCount },
    sparse: { toBags, readTable },
    similarities(item) {
      const own = new Float32Array(itemCount);
      const [nearest, values] = [ids.dataSync(), similarities.dataSync()];
      for (let at = item * neighbors; at < (item + 1) * neighbors; at++)
        if (values[at] !== 0) own[nearest[at]!] = values[at]!;
      return tf.tensor2d(own, [1, itemCount]);
    },
    score(queries) {
      const bags = toBags(queries);
      const scores = sumSparseRows({ bags, sparseTable: readTable() }, itemCount);
      return tf.tensor2d(scores, [bags.offsets.length - 1, itemCount]);
    },
  };
}

/** Packs the entries other than 0 by the item of the history. */
function packLists(
  { ids, weights }: NeighborLists,
  itemCount: number,
  neighbors: number,
  listsOf: NeighborScorerOptions['listsOf'],
): WeightedRows {
  const toRow = (at: number) => (listsOf === 'chosen' ? Math.floor(at / neighbors) : ids[at]!);
  const offsets = new Int32Array(itemCount + 1);
  for (let at = 0; at < ids.length; at++) if (weights[at] !== 0) offsets[toRow(at) + 1]!++;
  for (let row = 0; row < itemCount; row++) offsets[row + 1]! += offsets[row]!;
  const next = offsets.slice();
  const packed = { offsets, ids: new Int32Array(offsets[itemCount]!), weights: new Float32Array(offsets[itemCount]!) };
  for (let at = 0; at < ids.length; at++) {
    if (weights[at] === 0) continue;
    const to = next[toRow(at)]!++;
    packed.ids[to] = listsOf === 'chosen' ? ids[at]! : Math.floor(at / neighbors);
    packed.weights[to] = weights[at]!;
  }
  return packed;
}

/** Lists the items of each query's history, each once. */
function listDistinct({ history, mask }: Queries): SparseRows {
  const [batch, time] = history.shape;
  const [items, real] = [history.dataSync(), mask.dataSync()];
  return toSparseRows(
    Array.from({ length: batch }, (_, row) => {
      const chosen = new Set<number>();
      for (let at = row * time; at < (row + 1) * time; at++) if (real[at] !== 0) chosen.add(items[at]!);
      return [...chosen];
    }),
  );
}
