import type { Catalogue } from '@footlight/datasets';
import { topK } from '@footlight/metrics';
import type { RatingConverter } from './predicted-ratings.js';
import type { Contribution, Recommendation } from './types.js';

/** Lists the items with the highest scores, best first, without those of `hidden`. */
export function listBest(
  catalogue: Catalogue,
  scores: Float32Array,
  count: number,
  hidden: ArrayLike<number>,
): Recommendation[] {
  const list = topK(scores, count, hidden);
  return describeItems(catalogue, list, readScores(scores, list));
}

type Writable<T> = { -readonly [field in keyof T]: T[field] };

/** Reads the scores of the items of a list from those of the whole catalogue. */
export const readScores = (scores: Float32Array, list: Int32Array): Float32Array =>
  Float32Array.from(list, (item) => scores[item]!);

/** Describes the items of a list, with their scores, by original ids. */
export function describeItems(
  { itemIds, itemTitles }: Catalogue,
  list: Int32Array,
  scores: Float32Array,
  toRatings?: RatingConverter,
  because?: readonly (readonly Contribution[])[],
): Recommendation[] {
  const ratings = toRatings?.(scores);
  return Array.from(list, (item, at) => {
    const described: Writable<Recommendation> = {
      item: itemIds[item]!,
      title: itemTitles?.[item] ?? '',
      score: scores[at]!,
    };
    if (ratings) described.rating = ratings[at]!;
    if (because) described.because = because[at]!;
    return described;
  });
}

/**
 * Why a list of `count` items would be arbitrary: all items that are left have the same score. `undefined` if they do
 * not, or if all of them fit into the list.
 */
export function findRefusal(scores: Float32Array, count: number, hidden: ReadonlySet<number>): string | undefined {
  const left = scores.length - hidden.size;
  if (left <= count) return undefined;
  let first: number | undefined;
  for (let item = 0; item < scores.length; item++) {
    if (hidden.has(item)) continue;
    first ??= scores[item]!;
    if (scores[item] !== first) return undefined;
  }
  return `the same score for all ${left} items`;
}
