import { assertInteger, assertNumber } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { topK } from '@footlight/metrics';
import { createPopularityDiscount } from './discount-popularity.js';
import { diversify, poolSize } from './diversify.js';
import { explain } from './explain.js';
import { createItemFilter } from './filter-items.js';
import type { BestItems } from './find-best.js';
import { describeItems, findRefusal, readScores } from './list-best.js';
import type { RatingConverter } from './predicted-ratings.js';
import type { Predictor } from './predictor.js';
import type { ScoredUser } from './score-users.js';
import type { Id, Recommendation, RecommendOptions } from './types.js';

/** A list, or why there is none. */
export interface Listed {
  readonly list: Recommendation[];
  readonly refusal?: string;
}

/** Makes lists with the same options. */
export interface Lister {
  /** Makes a list of the scores of the whole catalogue. */
  fromScores(scored: ScoredUser): Listed;
  /** How a list is made of the best items; absent if that takes the scores of all items. */
  readonly best?: {
    /** The number of best items to find. */
    readonly top: number;
    /** The items that are not listed. */
    hide(history: Int32Array): Int32Array;
    /** @returns `undefined` if the scores of all items have to tell whether a list would be arbitrary */
    makeList(found: BestItems): Listed | undefined;
  };
}

/**
 * Creates the function that checks the options of lists and returns what makes lists of scores.
 *
 * @throws {RecsysError} that function throws `invalid-argument` for unknown items and wrong options
 */
export function createListers(
  predictor: Predictor,
  known: Interactions,
  lookUpItem: (id: Id) => number,
  createConverter: (clip: boolean | undefined) => RatingConverter | undefined,
): (count: number, options?: RecommendOptions) => Lister {
  const { catalogue } = known;
  const listOthers = createItemFilter(catalogue);
  const discountPopularity = createPopularityDiscount(known);
  return (count, { exclude = [], allow, repeat = false, clip, filter, ...ranking } = {}) => {
    const { diversity = 0, popularityDiscount = 0, explain: reasons = 0 } = ranking;
    assertInteger('recommend(count)', count);
    assertNumber('recommend(diversity)', diversity, { from: 0, to: 1 });
    assertNumber('recommend(popularityDiscount)', popularityDiscount, { from: 0 });
    assertInteger('recommend(explain)', reasons, { minimum: 0 });
    const toRatings = createConverter(clip);
    const excluded = exclude.map((item) => lookUpItem(item));
    const allowed = allow && new Set(allow.map((item) => lookUpItem(item)));
    const others = filter ? listOthers(filter) : [];
    if (allowed) for (let item = 0; item < catalogue.itemCount; item++) if (!allowed.has(item)) others.push(item);
    const fromScores = ({ scores, history, refusal }: ScoredUser): Listed => {
      if (refusal !== undefined) return { list: [], refusal };
      const hidden = new Set<number>([...excluded, ...others, ...(repeat ? [] : history)]);
      const arbitrary = findRefusal(scores, count, hidden);
      if (arbitrary !== undefined) return { list: [], refusal: arbitrary };
      const values = popularityDiscount > 0 ? discountPopularity(scores, popularityDiscount) : scores;
      let best = topK(values, diversity > 0 ? poolSize(count) : count, Int32Array.from(hidden));
      if (diversity > 0) best = diversify(predictor, best, readScores(values, best), count, diversity);
      const because = reasons > 0 ? explain(predictor, catalogue, history, best, scores, reasons) : undefined;
      return { list: describeItems(catalogue, best, readScores(scores, best), toRatings, because) };
    };
    if (allowed || filter || popularityDiscount > 0 || reasons > 0) return { fromScores };
    const hidden = Int32Array.from(excluded);
    return {
      fromScores,
      best: {
        top: Math.max(count + 1, diversity > 0 ? poolSize(count) : 0),
        hide: (history) => (repeat ? hidden : joinIds(history, hidden)),
        makeList({ items, scores, candidateCount }) {
          if (candidateCount > count && scores[0] === scores[count]) return undefined;
          const pool = diversity > 0 ? poolSize(count) : count;
          const best = items.subarray(0, pool);
          const values = scores.subarray(0, pool);
          if (diversity === 0) return { list: describeItems(catalogue, best, values, toRatings) };
          const scoreByItem = new Map(Array.from(best, (item, at) => [item, values[at]!]));
          const chosen = diversify(predictor, best, values, count, diversity);
          const chosenScores = Float32Array.from(chosen, (item) => scoreByItem.get(item)!);
          return { list: describeItems(catalogue, chosen, chosenScores, toRatings) };
        },
      },
    };
  };
}

function joinIds(first: Int32Array, second: Int32Array): Int32Array {
  if (second.length === 0) return first;
  const all = new Int32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
