import { isPage } from '@footlight/core';
import {
  borrowFrom,
  hasFusedRanking,
  type RankTargetsOptions,
  release,
  type ScoreProduct,
  tf,
  type WeightedRows,
} from '@footlight/engine';
import { type ModelInput, toQueries } from '../recommend/model-input.js';
import type { Predictor } from '../recommend/predictor.js';
import { readTensor } from './read-tensor.js';

/** Computes what is ranked: the scores of a batch, or their two factors. */
export interface ScoreSource {
  /**
   * Numbers in memory per user of a batch, up to a factor that is the same for all batches. On a web page, which should
   * answer between two batches, factors count as many numbers as take as long to compute.
   */
  readonly scoresPerUser: number;
  computeScores(input: ModelInput): Promise<RankTargetsOptions['scores']>;
  /** Frees the memory of the factors, if there are any; no scores are computed or read afterwards. */
  release?(): void;
}

/**
 * Creates the score source of a predictor: factors, or the rows of a sparse table that are added, where the engine
 * computes and ranks scores in one kernel; scores `[batch, item]` elsewhere.
 */
export function createScoreSource(predictor: Predictor, itemCount: number): ScoreSource {
  const { products, sparse } = predictor;
  if (hasFusedRanking()) {
    if (products) return createProductSource(products, itemCount);
    if (sparse) return createSparseSource(sparse, itemCount);
  }
  return {
    scoresPerUser: itemCount,
    computeScores: async (input) => ({ rows: await readTensor(() => predictor.score(toQueries(input))) }),
  };
}

/** The table is read once. */
function createSparseSource({ readTable, toBags }: NonNullable<Predictor['sparse']>, itemCount: number): ScoreSource {
  const sparseTable = readTable();
  return {
    scoresPerUser: isPage ? Math.ceil(itemCount / 16) : 1,
    async computeScores(input) {
      const read: { bags?: WeightedRows } = {};
      // Not returned from tidy, which would search the arrays for tensors.
      tf.tidy(() => {
        read.bags = toBags(toQueries(input));
      });
      return { bags: read.bags!, sparseTable };
    },
  };
}

/** The factors of the items are read once, into memory that the kernels read without a copy. */
function createProductSource(products: NonNullable<Predictor['products']>, itemCount: number): ScoreSource {
  const items = readCatalogue(products);
  return {
    scoresPerUser: isPage ? Math.ceil((items.table.length + itemCount) / 128) : 1,
    computeScores: async (input) => ({
      vectors: await readTensor(() => products.vectors(toQueries(input))), // [batch, dim]
      ...items,
    }),
    release() {
      release(items.table);
      if (items.bias) release(items.bias);
    },
  };
}

function readCatalogue({ catalogue }: NonNullable<Predictor['products']>): Omit<ScoreProduct, 'vectors'> {
  const read: { table: Float32Array; bias?: Float32Array } = { table: new Float32Array(0) };
  // Not returned from tidy, which would search the arrays for tensors.
  tf.tidy(() => {
    const { table, bias } = catalogue();
    read.table = borrowFrom(table, false);
    if (bias) read.bias = borrowFrom(bias, false);
  });
  return read;
}
