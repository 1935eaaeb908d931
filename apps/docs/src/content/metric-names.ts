/** Words of a directive have no spaces: `mrr(sampled-200)` is the metric `mrr(sampled 200)`. */
export function isMetric(metric: string, word: string): boolean {
  return metric.replaceAll(' ', '-') === word;
}
