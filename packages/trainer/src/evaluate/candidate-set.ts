import { invalid } from '@footlight/core';
import type { RankTargetsOptions, ScoreProduct, WeightedRows } from '@footlight/engine';

/** The items that are ranked, and their numbers among each other. */
export interface CandidateSet {
  readonly count: number;
  /** Numbers of the candidates among these items; other items are left out. */
  toPositions(items: Int32Array): Int32Array;
  toItems(positions: Int32Array): Int32Array;
  /** The scores of the candidates, from those of the whole catalogue. */
  selectScores(scores: RankTargetsOptions['scores']): RankTargetsOptions['scores'];
}

/**
 * Creates a candidate set.
 *
 * @param items dense ids, ascending; default: every item
 * @throws {RecsysError} `invalid-argument` if there is no candidate, or one is not in the catalogue
 */
export function createCandidateSet(itemCount: number, items?: Int32Array): CandidateSet {
  if (!items)
    return { count: itemCount, toPositions: (ids) => ids, toItems: (ids) => ids, selectScores: (scores) => scores };
  if (items.length === 0) invalid('evaluate(candidateItems)', 'at least one item', 'none');
  const positions = new Int32Array(itemCount).fill(-1);
  for (const [position, item] of items.entries()) {
    if (!(item >= 0 && item < itemCount) || (position > 0 && item <= items[position - 1]!))
      invalid(
        'evaluate(candidateItems)',
        `ids from 0 to ${itemCount - 1}, ascending`,
        `${item} at position ${position}`,
      );
    positions[item] = position;
  }
  const select = (values: Float32Array, rows: number, width: number): Float32Array =>
    gatherItems(values, items, { rows, itemCount, width });
  let sparseTable: WeightedRows | undefined;
  let table: Pick<ScoreProduct, 'table' | 'bias'> | undefined; // that of a model is the same for all batches
  return {
    count: items.length,
    toPositions: (ids) => ids.map((item) => positions[item]!).filter((position) => position >= 0),
    toItems: (numbers) => numbers.map((position) => items[position]!),
    selectScores(scores) {
      if ('rows' in scores) return { rows: select(scores.rows, scores.rows.length / itemCount, 1) };
      if ('bags' in scores) {
        sparseTable ??= selectEntries(scores.sparseTable, positions);
        return { bags: scores.bags, sparseTable };
      }
      table ??= {
        table: select(scores.table, 1, scores.table.length / itemCount),
        ...(scores.bias && { bias: select(scores.bias, 1, 1) }),
      };
      return { vectors: scores.vectors, ...table };
    },
  };
}

/** Keeps the entries with a position, and numbers them by it. */
function selectEntries({ offsets, ids, weights }: WeightedRows, positions: Int32Array): WeightedRows {
  const kept = Int32Array.from(ids.keys()).filter((entry) => positions[ids[entry]!]! >= 0);
  const ends = new Int32Array(offsets.length);
  for (let row = 1, at = 0; row < offsets.length; row++) {
    while (at < kept.length && kept[at]! < offsets[row]!) at++;
    ends[row] = at;
  }
  return {
    offsets: ends,
    ids: kept.map((entry) => positions[ids[entry]!]!),
    ...(weights && { weights: Float32Array.from(kept, (entry) => weights[entry]!) }),
  };
}

/** @shape values `[row, item, width]` → `[row, candidate, width]` */
function gatherItems(
  values: Float32Array,
  items: Int32Array,
  { rows, itemCount, width }: { readonly rows: number; readonly itemCount: number; readonly width: number },
): Float32Array {
  const chosen = new Float32Array(rows * items.length * width);
  let at = 0;
  for (let row = 0; row < rows; row++)
    for (const item of items) {
      const from = (row * itemCount + item) * width;
      chosen.set(values.subarray(from, from + width), at);
      at += width;
    }
  return chosen;
}
