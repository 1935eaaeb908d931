import { type OnProgress, omitUndefined, runAtOnce, runInPieces } from '@footlight/core';
import { createProgressReporter } from '../readers/progress-reporter.js';
import { listOccurringIds, pickIds } from '../reindex.js';
import type { Interactions, OriginalIds } from '../types.js';
import { fingerprintCatalogue } from './fingerprint-catalogue.js';
import { addIds, addJson, addNumbers, computeHash } from './hash-columns.js';
import { isAscending, sortIds } from './sort-ids.js';
import { sortColumns } from './sort-rows.js';

/** Identifies loaded data, by the first 32 hexadecimal digits of SHA-256 hashes. */
export interface DataFingerprint {
  /**
   * Of the interactions: original ids, ratings, timestamps, parts and weights of all rows. It depends neither on the
   * order of the rows nor on the numbering, nor on whether ids are numbers or texts.
   */
  readonly fingerprint: string;
  /** Of the order of the rows and the numbering of users and items. Absent: they are those of `toCanonicalOrder`. */
  readonly orderFingerprint?: string;
  /**
   * Of the features and vectors of users and items, and of those without interactions. Absent: there are none, and all
   * users and items have interactions.
   */
  readonly catalogueFingerprint?: string;
}

export interface FingerprintOptions {
  /** Called for more than a million rows. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Computes the fingerprint of interactions: equal for equal data, from whatever file they were read.
 *
 * Rows are brought into the order of `toCanonicalOrder` and hashed column by column, together with the ids that occur:
 * two data sets with one fingerprint would be a collision of SHA-256. Titles are not part of it, since no number
 * depends on them.
 *
 * @example
 * fingerprintInteractions(await movielens('100k').load({ rng })).fingerprint // 32 hexadecimal digits
 */
export function fingerprintInteractions(interactions: Interactions, options: FingerprintOptions = {}): DataFingerprint {
  return runAtOnce(computeFingerprint(interactions, options));
}

/** Computes what `fingerprintInteractions` does, and lets the event loop run meanwhile, so that a page stays alive. */
export function fingerprintInPieces(
  interactions: Interactions,
  options: FingerprintOptions = {},
): Promise<DataFingerprint> {
  return runInPieces(computeFingerprint(interactions, options));
}

function* computeFingerprint(
  interactions: Interactions,
  { onProgress }: FingerprintOptions,
): Generator<void, DataFingerprint> {
  const { catalogue, users, items } = interactions;
  const report = createProgressReporter(users.length > 1e6 ? onProgress : undefined, {
    label: 'fingerprint',
    unit: 'rows',
    total: users.length,
  });
  report(0);
  const userOrder = sortOccurringIds(catalogue.userIds, users);
  const itemOrder = sortOccurringIds(catalogue.itemIds, items);
  yield;
  const userRanks = toRanks(userOrder, catalogue.userCount);
  const itemRanks = toRanks(itemOrder, catalogue.itemCount);
  const { offsets, rows, ...columns } = sortColumns(interactions, userRanks, itemRanks);
  report(users.length / 2);
  yield;
  const fingerprint = yield* computeHash(function* (hash) {
    const { ratings, timestamps, parts, weights } = columns;
    const which = { ratings: !!ratings, timestamps: !!timestamps, parts: !!parts, ...(weights && { weights: true }) };
    addJson(hash, { rows: users.length, ...which });
    yield* addIds(hash, pickIds(catalogue.userIds, userOrder));
    yield* addIds(hash, pickIds(catalogue.itemIds, itemOrder));
    yield* addNumbers(hash, repeatUsers(offsets, users.length));
    yield* addNumbers(hash, columns.ranks);
    for (const column of [ratings, timestamps, parts, weights]) if (column) yield* addNumbers(hash, column);
  });
  report(users.length, true);
  return {
    fingerprint,
    ...omitUndefined({
      orderFingerprint: yield* fingerprintOrder([rows, userOrder, itemOrder]),
      catalogueFingerprint: yield* fingerprintCatalogue(catalogue, userOrder, itemOrder),
    }),
  };
}

/** The rank of the user of each row. */
function repeatUsers(offsets: Int32Array, count: number): Int32Array {
  const ranks = new Int32Array(count);
  for (let rank = 0; rank + 1 < offsets.length; rank++) ranks.fill(rank, offsets[rank]!, offsets[rank + 1]!);
  return ranks;
}

/** Undefined if all are ascending: the canonical order. */
function* fingerprintOrder(orders: readonly Int32Array[]): Generator<void, string | undefined> {
  if (orders.every(isAscending)) return undefined;
  return yield* computeHash(function* (hash) {
    for (const order of orders)
      if (isAscending(order)) addJson(hash, 'canonical');
      else yield* addNumbers(hash, order);
  });
}

/** The ids that occur, in canonical order of their originals. */
function sortOccurringIds(originals: OriginalIds, column: Int32Array): Int32Array {
  const occurring = listOccurringIds(column, originals.length);
  return sortIds(pickIds(originals, occurring)).map((at) => occurring[at]!);
}

/** The rank of each id; −1 for one that does not occur. */
function toRanks(order: Int32Array, count: number): Int32Array {
  const ranks = new Int32Array(count).fill(-1);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank]!] = rank;
  return ranks;
}
