import { invalid, omitUndefined } from '@footlight/core';
import { groupByUserInTime, type OriginalIds } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { type Recommender, toModelInput, toQueries } from '@footlight/trainer';

/** Vectors of users or items, one after the other. */
export interface VectorTable {
  /** Original ids, in an array of the type that those of the catalogue have. */
  readonly ids: OriginalIds;
  /** `[row, dim]` */
  readonly vectors: Float32Array;
  /** `[row]`, added to the product of the vectors. */
  readonly biases?: Float32Array;
}

/** The factors of the scores of a model: $s_{ui} = p_u \cdot q_i + b_u + b_i$. */
export interface ExportedVectors {
  readonly dim: number;
  readonly items: VectorTable;
  /**
   * Users that the model was trained on, or, for models of histories, users with a known history. Absent if the model
   * was saved without them.
   */
  readonly users?: VectorTable;
  /** Users of the catalogue who are left out, since nothing was learned about them. */
  readonly usersLeftOut: number;
}

/** The factors in dense ids. */
export interface Factors {
  readonly dim: number;
  /** `[item, dim]` */
  readonly items: Float32Array;
  /** `[item]` */
  readonly itemBiases?: Float32Array;
  /** Encodes users with a vector each, `[user, dim]`. */
  encode(users: readonly number[]): Float32Array;
}

/** Users that are encoded together. */
const usersPerBatch = 256;

/**
 * Reads the vectors and biases of a model whose scores are products of two vectors.
 *
 * @throws {RecsysError} `invalid-argument` if its scores are no products
 * @example
 * const { items } = readVectors(recommender);
 */
export function readVectors(recommender: Recommender): ExportedVectors {
  const factors = readFactors('readVectors', recommender);
  const { catalogue, withoutHistories } = recommender;
  const listed = withoutHistories ? [] : listAnsweredUsers(recommender);
  const encoded = factors.encode(listed);
  const { dim } = factors;
  // A last number that is 1 for every item multiplies the bias of the user.
  const isBiased = factors.dim > 1 && isLastOne(factors.items, dim);
  const [items] = isBiased ? splitLast(factors.items, dim) : [factors.items];
  const [users, userBiases] = isBiased ? splitLast(encoded, dim) : [encoded];
  return {
    dim: isBiased ? dim - 1 : dim,
    items: {
      ids: catalogue.itemIds,
      vectors: items,
      ...omitUndefined({ biases: factors.itemBiases }),
    },
    ...(!withoutHistories && {
      users: {
        ids: selectIds(catalogue.userIds, listed),
        vectors: users,
        ...omitUndefined({ biases: userBiases }),
      },
    }),
    usersLeftOut: withoutHistories ? 0 : catalogue.userCount - listed.length,
  };
}

/** Dense ids of the users whom the model answers by itself: those it was trained on, or those with a history. */
export function listAnsweredUsers({ known, untrainedUsers, predictor }: Recommender): number[] {
  const { offsets } = groupByUserInTime(known);
  const untrained = new Set(predictor.reads === 'user' ? untrainedUsers : undefined);
  return Array.from({ length: known.catalogue.userCount }, (_, user) => user).filter(
    (user) => offsets[user + 1]! > offsets[user]! && !untrained.has(user),
  );
}

/** Whether scores are products of vectors. */
export const hasFactors = ({ predictor }: Recommender): boolean =>
  predictor.products !== undefined || predictor.factors !== undefined;

/** @throws {RecsysError} `invalid-argument` if its scores are no products */
export function readFactors(where: string, recommender: Recommender): Factors {
  const { products, factors } = recommender.predictor;
  if (products) {
    const { dim, items, itemBiases } = tf.tidy(() => {
      const { table, bias } = products.catalogue();
      return { dim: table.shape[1], items: copyValues(table), itemBiases: bias && copyValues(bias) };
    });
    const encode: Factors['encode'] = (users) => encodeUsers(recommender, products.vectors, users).vectors;
    return { dim, items, ...omitUndefined({ itemBiases }), encode };
  }
  if (factors) {
    const { dim, user, items } = tf.tidy(() => {
      const tables = factors();
      return { dim: tables.item.shape[1], user: copyValues(tables.user), items: copyValues(tables.item) };
    });
    const encode: Factors['encode'] = (users) => {
      const vectors = new Float32Array(users.length * dim);
      for (const [row, id] of users.entries()) vectors.set(user.subarray(id * dim, (id + 1) * dim), row * dim);
      return vectors;
    };
    return { dim, items, encode };
  }
  return invalid(
    where,
    'a model whose scores are products of a vector of the user and one of the item',
    'one whose scores are computed in another way',
    'Export its lists with footlight recommend-all, or the model with --onnx.',
  );
}

/** Encodes users, by their id or their known history. @returns `[user, dim]` */
export function encodeUsers(
  { predictor: { reads }, known }: Recommender,
  encode: NonNullable<Recommender['predictor']['steps']>['vectors'],
  users: readonly number[],
): { readonly dim: number; readonly vectors: Float32Array } {
  const { offsets, rows } = groupByUserInTime(known);
  const readHistory = (user: number) =>
    Int32Array.from(rows.subarray(offsets[user]!, offsets[user + 1]!), (row) => known.items[row]!);
  const batches: Float32Array[] = [];
  for (let from = 0; from < users.length; from += usersPerBatch) {
    const batch = users.slice(from, from + usersPerBatch);
    const histories = batch.map((user) => (reads === 'user' ? new Int32Array(0) : readHistory(user)));
    batches.push(tf.tidy(() => copyValues(encode(toQueries(toModelInput(histories, reads, Int32Array.from(batch)))))));
  }
  const size = batches.reduce((sum, { length }) => sum + length, 0);
  const vectors = new Float32Array(size);
  let at = 0;
  for (const batch of batches) {
    vectors.set(batch, at);
    at += batch.length;
  }
  return { dim: users.length === 0 ? 0 : size / users.length, vectors };
}

function selectIds(ids: OriginalIds, rows: readonly number[]): OriginalIds {
  if (ids instanceof Int32Array) return Int32Array.from(rows, (row) => ids[row]!);
  if (ids instanceof Float64Array) return Float64Array.from(rows, (row) => ids[row]!);
  return rows.map((row) => ids[row]!);
}

const copyValues = (tensor: tf.Tensor): Float32Array => tensor.dataSync().slice() as Float32Array;

const isLastOne = (table: Float32Array, dim: number): boolean =>
  table.length > 0 && table.every((value, at) => at % dim !== dim - 1 || value === 1);

/** Splits the last number of each row off. */
function splitLast(table: Float32Array, dim: number): [rows: Float32Array, last: Float32Array] {
  const count = table.length / dim;
  const rows = new Float32Array(count * (dim - 1));
  const last = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    rows.set(table.subarray(row * dim, (row + 1) * dim - 1), row * (dim - 1));
    last[row] = table[(row + 1) * dim - 1]!;
  }
  return [rows, last];
}
