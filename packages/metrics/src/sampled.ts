import { assertInteger, invalid } from '@footlight/core';
import type { RankMetric } from './types.js';

export interface SampledOptions {
  /** Items that are drawn for each relevant item. */
  readonly count: number;
}

/**
 * The metric as it comes out if each relevant item is ranked by itself, among some items that are drawn.
 *
 * $$ \frac{1}{|R|} \sum_{i \in R} m(r_i), \quad r_i = |\{k \le \mathrm{count} : s_{j_k} > s_i\}|, \quad j_k \sim U(\mathrm{items}) $$
 *
 * Draws hit anything, the relevant item and what was seen before included, and one item may come twice; equal scores favour the relevant item, so that
 * a scorer without opinion is perfect. Use it to compare with numbers that were computed so: it flatters, and orders models otherwise than the metric does.
 *
 * @throws {RecsysError} `invalid-argument` if `count` is no positive integer, or the metric is sampled already
 * @example
 * sampled(mrr(), { count: 200 }) // named mrr(sampled 200)
 * @source netrex, `compute_mrr`, https://github.com/maciejkula/netrex; on what it is worth, Krichene and Rendle, KDD 2020, https://doi.org/10.1145/3394486.3403226
 */
export function sampled(metric: RankMetric, { count }: SampledOptions): RankMetric {
  assertInteger('sampled(count)', count);
  if (metric.sampled !== undefined) invalid('sampled(metric)', 'a metric of the whole catalogue', metric.name);
  return {
    ...metric,
    name: `${metric.name}(sampled ${count})`,
    protocol: { ...metric.protocol, ties: 'relevant item first', sampled: count },
    sampled: count,
  };
}
