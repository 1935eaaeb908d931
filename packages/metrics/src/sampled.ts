import { assertInteger, invalid } from '@footlight/core';
import type { RankMetric } from './types.js';

/** Options of `sampled`. */
export interface SampledOptions {
  /** Number of items that are drawn for each relevant item. From 1. */
  readonly count: number;
}

/**
 * Sampled metric: ranks each relevant item by itself among items that are drawn uniformly, and averages a rank metric.
 *
 * $$ \frac{1}{|R|} \sum_{i \in R} m(r_i), \quad r_i = |\{k \le \mathrm{count} : s_{j_k} > s_i\}|, \quad j_k \sim U(\mathrm{items}) $$
 *
 * R are the relevant items of the query, s the scores, and m is the metric. Items are drawn with replacement from the
 * whole catalogue, including the relevant item, which never ranks above itself, and the items that the user has seen.
 * Equal scores follow the metric's rule of ties; `sampled(mrr({ ties: 'best' }), …)` counts them for the relevant item,
 * as netrex does, so that constant scores have the value 1.
 *
 * Use it only to compare with published numbers that were computed in this way: its values are higher than those of the
 * metric itself, and may order models differently.
 *
 * @denominator relevant items; the metric's own denominator for each of them
 * @throws {RecsysError} `invalid-argument` if `count` is not a positive integer, or if the metric is sampled already
 * @example
 * sampled(mrr(), { count: 200 }) // named mrr(sampled 200)
 * @source netrex, `compute_mrr`, https://github.com/maciejkula/netrex; its bias: Krichene and Rendle, KDD 2020,
 *   https://doi.org/10.1145/3394486.3403226
 */
export function sampled(metric: RankMetric, { count }: SampledOptions): RankMetric {
  assertInteger('sampled(count)', count);
  if (metric.sampled !== undefined) invalid('sampled(metric)', 'a metric of the whole catalogue', metric.name);
  const { withTies } = metric;
  return {
    ...metric,
    name: `${metric.name}(sampled ${count})`,
    protocol: { ...metric.protocol, sampled: count },
    sampled: count,
    ...(withTies ? { withTies: (ties) => sampled(withTies(ties), { count }) } : {}),
  };
}
