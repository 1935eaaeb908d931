import type { SparseRows } from '@footlight/engine';

export interface ElasticNetOptions {
  /** L1 penalty λ₁, from 0: the larger, the fewer weights. Default 1. */
  readonly l1: number;
  /** L2 penalty λ₂, above 0. Default 10. */
  readonly l2: number;
  /** Whether weights are from 0. Default true. */
  readonly nonNegative: boolean;
  /** Passes over the weights of an item, at most. Default 100. */
  readonly iterations: number;
  /** Change of a weight below which an item is solved, above 0. Default 1e-4. */
  readonly tolerance: number;
}

/**
 * Creates a function that solves the elastic net of an item: its column from those of all other items with users in
 * common, by cyclic coordinate descent on the residual. It returns the weights other than 0, by item.
 *
 * @param users the items of each user
 * @param items the users of each item
 */
export function createElasticNet(
  users: SparseRows,
  items: SparseRows,
  { l1, l2, nonNegative, iterations, tolerance }: ElasticNetOptions,
): (item: number) => Map<number, number> {
  const residual = new Float64Array(users.offsets.length - 1); // x_i − X w, zeros between two calls
  const common = new Int32Array(items.offsets.length - 1); // likewise
  const addColumn = (item: number, value: number) => {
    for (let at = items.offsets[item]!; at < items.offsets[item + 1]!; at++) residual[items.ids[at]!]! += value;
  };

  /** Lists the items whose weight can differ from 0, ascending. */
  function listCandidates(item: number): Int32Array {
    const met: number[] = [];
    for (let at = items.offsets[item]!; at < items.offsets[item + 1]!; at++) {
      const user = items.ids[at]!;
      for (let entry = users.offsets[user]!; entry < users.offsets[user + 1]!; entry++) {
        const other = users.ids[entry]!;
        if (common[other]!++ === 0) met.push(other);
      }
    }
    // The gradient of a weight from 0 is at most the number of common users: it stays 0 if that is not above λ₁.
    const kept = met.filter((other) => other !== item && (!nonNegative || common[other]! > l1));
    for (const other of met) common[other] = 0;
    return Int32Array.from(kept).sort();
  }

  return (item) => {
    const candidates = listCandidates(item);
    const weights = new Float64Array(candidates.length);
    addColumn(item, 1);
    for (let pass = 0; pass < iterations; pass++) {
      let largest = 0;
      for (let at = 0; at < candidates.length; at++) {
        const [begin, end] = [items.offsets[candidates[at]!]!, items.offsets[candidates[at]! + 1]!];
        let product = (end - begin) * weights[at]!; // x_k · (x_i − X w), without the part of weight k
        for (let entry = begin; entry < end; entry++) product += residual[items.ids[entry]!]!;
        const shrunk = product > l1 ? product - l1 : product < -l1 && !nonNegative ? product + l1 : 0;
        const change = shrunk / (end - begin + l2) - weights[at]!;
        if (change === 0) continue;
        weights[at]! += change;
        addColumn(candidates[at]!, -change);
        largest = Math.max(largest, Math.abs(change));
      }
      if (largest < tolerance) break;
    }
    const found = new Map<number, number>();
    const clear = (other: number) => {
      for (let at = items.offsets[other]!; at < items.offsets[other + 1]!; at++) residual[items.ids[at]!] = 0;
    };
    clear(item);
    for (const [at, other] of candidates.entries()) {
      clear(other);
      if (weights[at] !== 0) found.set(other, weights[at]!);
    }
    return found;
  };
}
