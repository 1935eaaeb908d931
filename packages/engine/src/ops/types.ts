import type { SparseRows, WeightedRows } from '../sparse-rows.js';

/** What least squares problems of several rows have in common. */
export interface LeastSquaresGram {
  readonly dim: number;
  /** `[column, dim]`: constant factors. */
  readonly columns: Float32Array;
  /** L2 regularization λ, from 0. */
  readonly regularization: number;
}

/** A least squares problem per row, as in alternating least squares. */
export interface LeastSquares extends LeastSquaresGram {
  /** `[row, dim]`: start of the iteration; overwritten with the solution. */
  readonly rows: Float32Array;
  /** Columns that each row has entries in. */
  readonly entries: SparseRows;
  /** `[entry]`: weight of each entry. Whatever is not an entry has weight 1. */
  readonly confidences: Float32Array;
  /** `[row]`: added to the regularization of each row, from 0. Default: 0. */
  readonly regularizations?: Float32Array;
  /**
   * Which columns pull the product to 0 with weight 1: those `elsewhere`, and an entry pulls it to 1 with its weight c;
   * or `everywhere`, and an entry pulls it to 1 with weight c − 1 besides. Default `elsewhere`.
   */
  readonly zeros?: 'elsewhere' | 'everywhere';
  /** Conjugate gradient steps. `dim` steps solve the equations exactly; a few steps come close. */
  readonly steps: number;
  /** `[dim, dim]`: what `leastSquaresGram` returns, for rows that are solved in parts. Default: computed. */
  readonly gram?: Float32Array;
}

/**
 * Similarity of two sets of sizes a and b with c members in common: `cosine` is c / (√(ab) + shrink), `jaccard` is c /
 * (a + b − c + shrink); neither reads weights. `product` is the sum over the common members of the weight in the set
 * times the weight in the other, divided by (own scale of the set × other scale of the other + shrink); what is not
 * above 0 is no similarity.
 */
export type Similarity = 'cosine' | 'jaccard' | 'product';

export interface NearestSetsOptions {
  /** Members of each set, without repeats. */
  readonly sets: WeightedRows;
  /** The transpose: the sets of each member, with weights of their own. */
  readonly members: WeightedRows;
  /** Neighbors per set. */
  readonly count: number;
  readonly similarity: Similarity;
  /** Added to the denominator, so that small overlaps count less. From 0. */
  readonly shrink: number;
  /** `[set]` each, for `product`. Default: 1. */
  readonly scales?: { readonly own?: Float32Array; readonly other?: Float32Array };
  /** Finds the neighbors of these sets only: from the first to before the second. Default: all. */
  readonly range?: readonly [begin: number, end: number];
}

export interface NearestSets {
  /** `[set, neighbor]`, of the sets in the range */
  readonly ids: Int32Array;
  /** `[set, neighbor]`, of the sets in the range */
  readonly similarities: Float32Array;
}

export interface RankTargetsOptions {
  readonly itemCount: number;
  /** Items that each query has seen. Repeats have no effect. */
  readonly seen: SparseRows;
  /** Items to find the ranks of, each once per query. */
  readonly relevant: SparseRows;
  /** `none`: seen items are not candidates. `last`: they rank below all others, with equal scores. Default `none`. */
  readonly seenRank?: 'none' | 'last';
  /** Length of the lists of best items. Default 0. */
  readonly top?: number;
  readonly scores: ScoreRows | ScoreProduct | SparseProduct;
}

/** Scores that are already computed. */
export interface ScoreRows {
  /** `[query, item]` */
  readonly rows: Float32Array;
}

/** Scores as products of vectors, not computed yet: vectors · tableᵀ + bias. */
export interface ScoreProduct {
  /** `[query, dim]` */
  readonly vectors: Float32Array;
  /** `[item, dim]` */
  readonly table: Float32Array;
  /** `[item]`. Default: none. */
  readonly bias?: Float32Array;
}

/** Scores that are sums of rows of a sparse table, not computed yet. */
export interface SparseProduct {
  /** `[query]` lists: rows of the table that are added, with their weights. */
  readonly bags: WeightedRows;
  /** Lists of items, with their weights. Must not change: it is checked once. */
  readonly sparseTable: WeightedRows;
}

export interface TargetRanks {
  /**
   * `[entry]`: per query, at the positions of its entries in `relevant`, the `found` ranks in ascending order, then −1.
   */
  readonly ranks: Int32Array;
  /** `[entry]`: the best rank among equal scores. */
  readonly bestRanks: Int32Array;
  /** `[entry]`: the worst rank among equal scores. */
  readonly worstRanks: Int32Array;
  /** `[query]`: relevant items among the candidates. */
  readonly found: Int32Array;
  /** `[query]` */
  readonly candidateCounts: Int32Array;
  /** `[query, top]`: ids of the best items, best first, then −1. */
  readonly top: Int32Array;
  /** `[query, top]`: scores of the best items, then 0. */
  readonly topScores: Float32Array;
}

/** A batch of training queries as ids. */
export interface BilinearBatch {
  /** `[query]` */
  readonly users: Int32Array;
  /** `[query]` */
  readonly positives: Int32Array;
  /** `[query, negative]` */
  readonly negatives: Int32Array;
}
