import { assertInteger, assertNumber } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { topK } from '@footlight/metrics';
import { createPopularityDiscount } from './discount-popularity.js';
import { diversify, poolSize } from './diversify.js';
import { explain } from './explain.js';
import { createItemFilter } from './filter-items.js';
import { describeItems, findRefusal } from './list-best.js';
import type { RatingConverter } from './predicted-ratings.js';
import type { Predictor } from './predictor.js';
import type { ScoredUser } from './score-users.js';
import type { Id, Recommendation, RecommendOptions } from './types.js';

/** A list, or why there is none. */
export interface Listed {
  readonly list: Recommendation[];
  readonly refusal?: string;
}

/** Makes a list of the scores of a user. */
export type Lister = (scored: ScoredUser) => Listed;

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
    return ({ scores, history, refusal }) => {
      if (refusal !== undefined) return { list: [], refusal };
      const hidden = new Set<number>([...excluded, ...others, ...(repeat ? [] : history)]);
      const arbitrary = findRefusal(scores, count, hidden);
      if (arbitrary !== undefined) return { list: [], refusal: arbitrary };
      const values = popularityDiscount > 0 ? discountPopularity(scores, popularityDiscount) : scores;
      let best = topK(values, diversity > 0 ? poolSize(count) : count, Int32Array.from(hidden));
      if (diversity > 0)
        best = diversify(
          predictor,
          best,
          Float32Array.from(best, (item) => values[item]!),
          count,
          diversity,
        );
      const because = reasons > 0 ? explain(predictor, catalogue, history, best, scores, reasons) : undefined;
      return { list: describeItems(catalogue, scores, best, toRatings, because) };
    };
  };
}
