import { invalid } from '@footlight/core';
import { type SparseRows, sumSparseRows, tf, type WeightedRows } from '@footlight/engine';
import type { DataSummary, Queries, Scorer } from '../types.js';
import type { ImplicitFeedback } from './implicit-feedback.js';
import { type FeedbackWeights, transposeWeighted, weightFeedback } from './weight-feedback.js';

export type UserSimilarity = 'cosine' | 'jaccard' | 'dot-product';

export interface UserSimilarityOptions extends FeedbackWeights {
  readonly neighbors: number;
  readonly similarity: UserSimilarity;
  readonly shrink: number;
}

/** What similarities are computed from. */
interface UserTable {
  /** The items of each user. */
  readonly items: SparseRows;
  /** The users of each item, with the weight of the item in the vector of the user. */
  readonly users: WeightedRows;
  /** `[user]`: sum of the squares of the vector; without weighting the number of items. */
  readonly squares: Float64Array;
  /** Weighs the items of a history, each chosen once. @shape → `[item]` */
  weigh(history: Int32Array): Float32Array;
}

/** Creates a scorer that finds the users nearest to a history and adds up their similarities for each item. */
export function createUserScorer(
  { itemCount }: Pick<DataSummary, 'itemCount'>,
  options: UserSimilarityOptions,
  feedback: ImplicitFeedback,
): Scorer {
  const userCount = feedback.offsets.length - 1;
  const create = (values: Int32Array | Float32Array, dtype: 'int32' | 'float32') =>
    tf.tidy(() => tf.variable(tf.tensor1d(values, dtype), false));
  const [offsets, items] = [create(feedback.offsets, 'int32'), create(feedback.ids, 'int32')];
  const counts = create(feedback.counts, 'float32');
  let cached: { readonly from: readonly object[]; readonly table: UserTable } | undefined;
  const read = (): UserTable => {
    const from = [offsets.dataId, items.dataId, counts.dataId];
    if (!cached?.from.every((data, at) => data === from[at]))
      cached = {
        from,
        table: createTable(
          {
            offsets: offsets.dataSync() as Int32Array,
            ids: items.dataSync() as Int32Array,
            counts: counts.dataSync() as Float32Array,
          },
          itemCount,
          options,
        ),
      };
    return cached.table;
  };
  const toBags = ({ baskets }: Queries): WeightedRows =>
    findNearestUsers(read(), baskets ?? invalid('userKnn.score(queries)', 'queries with baskets', 'none'), {
      ...options,
      userCount,
    });
  const readTable = (): WeightedRows => read().items;
  return {
    reads: 'basket',
    parameters: { feedback: { offsets, items, counts } },
    idCounts: { 'feedback/items': itemCount },
    containsHistories: true,
    sparse: { toBags, readTable },
    score(queries) {
      const bags = toBags(queries);
      const scores = sumSparseRows({ bags, sparseTable: readTable() }, itemCount);
      return tf.tensor2d(scores, [bags.offsets.length - 1, itemCount]);
    },
  };
}

function createTable(feedback: ImplicitFeedback, itemCount: number, weights: FeedbackWeights): UserTable {
  const { offsets, ids, counts } = feedback;
  const weighted = weightFeedback(feedback, itemCount, weights);
  const squares = new Float64Array(offsets.length - 1);
  for (let user = 0; user < squares.length; user++)
    for (let entry = offsets[user]!; entry < offsets[user + 1]!; entry++)
      squares[user]! += (weighted.weights?.[entry] ?? 1) ** 2;
  const mean = counts.reduce((sum, count) => sum + count, 0) / squares.length;
  const idf = listIdf(ids, itemCount, squares.length);
  return {
    items: { offsets, ids },
    users: transposeWeighted(weighted, itemCount),
    squares,
    weigh: (history) => weighHistory(history, idf, mean, weights),
  };
}

/** ln N − ln(1 + n_i), n_i the users of item i of N users. */
function listIdf(ids: Int32Array, itemCount: number, userCount: number): Float64Array {
  const users = new Int32Array(itemCount);
  for (const id of ids) users[id]!++;
  return Float64Array.from(users, (count) => Math.log(userCount) - Math.log1p(count));
}

/** The weights of `weightFeedback` for a user who chose each item once. */
function weighHistory(
  history: Int32Array,
  idf: Float64Array,
  mean: number,
  { weighting, k1, b }: FeedbackWeights,
): Float32Array {
  const norm = k1 * (1 - b + (b * history.length) / mean);
  const frequency = weighting === 'bm25' ? (k1 + 1) / (1 + norm) : 1;
  return Float32Array.from(history, (item) => (weighting === 'none' ? 1 : frequency * idf[item]!));
}

/** Finds the users nearest to each history who chose other items too, with their similarities. */
function findNearestUsers(
  { items, users, squares, weigh }: UserTable,
  histories: SparseRows,
  { userCount, ...options }: UserSimilarityOptions & { readonly userCount: number },
): WeightedRows {
  const batch = histories.offsets.length - 1;
  const [products, common] = [new Float64Array(userCount), new Int32Array(userCount)];
  const [ids, weights, offsets]: [number[], number[], Int32Array] = [[], [], new Int32Array(batch + 1)];
  for (let row = 0; row < batch; row++) {
    const history = histories.ids.subarray(histories.offsets[row]!, histories.offsets[row + 1]!);
    const own = weigh(history);
    const square = own.reduce((sum, weight) => sum + weight * weight, 0);
    const touched: number[] = [];
    history.forEach((item, at) => {
      for (let entry = users.offsets[item]!; entry < users.offsets[item + 1]!; entry++) {
        const user = users.ids[entry]!;
        if (common[user]!++ === 0) touched.push(user);
        products[user]! += own[at]! * (users.weights?.[entry] ?? 1);
      }
    });
    const nearest: { readonly user: number; readonly similarity: number }[] = [];
    for (const user of touched) {
      const similarity = compare(products[user]!, square, squares[user]!, options);
      const count = items.offsets[user + 1]! - items.offsets[user]!;
      if (count > common[user]! && similarity > 0) nearest.push({ user, similarity });
      products[user] = common[user] = 0;
    }
    nearest.sort((one, other) => other.similarity - one.similarity || one.user - other.user);
    for (const { user, similarity } of nearest.slice(0, options.neighbors)) {
      ids.push(user);
      weights.push(similarity);
    }
    offsets[row + 1] = ids.length;
  }
  return { offsets, ids: Int32Array.from(ids), weights: Float32Array.from(weights) };
}

/** The similarity of two users, rounded to 32 bits, so that equal ones are equal. */
function compare(
  product: number,
  square: number,
  other: number,
  { similarity, shrink }: Pick<UserSimilarityOptions, 'similarity' | 'shrink'>,
): number {
  if (similarity === 'dot-product') return Math.fround(product);
  if (similarity === 'jaccard') return Math.fround(product / (square + other - product + shrink));
  return Math.fround(product / (Math.sqrt(square * other) + shrink));
}
