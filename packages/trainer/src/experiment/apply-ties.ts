import type { Metric, TieRule } from '@footlight/metrics';

/** Applies the tie rule of an experiment to the metrics that do not name their own. */
export function applyTies(metrics: readonly Metric[], ties: TieRule | undefined): readonly Metric[] {
  if (ties === undefined) return metrics;
  return metrics.map((metric) => (metric.kind === 'rank' && metric.withTies ? metric.withTies(ties) : metric));
}
