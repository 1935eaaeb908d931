import type { Rng } from '@footlight/core';

/** Median of the regrets of several seeds. */
export interface RegretSummary {
  readonly median: number;
  /** Standard error of the median, by 1,000 bootstrap samples. */
  readonly standardError: number;
  readonly text: string;
}

/** Median regret and its standard error. `undefined` without values. */
export function summarizeRegrets(regrets: readonly number[], rng: Rng): RegretSummary | undefined {
  if (regrets.length === 0) return undefined;
  const medians = Array.from({ length: 1000 }, () =>
    computeMedian(regrets.map(() => regrets[rng.integer(regrets.length)]!)),
  );
  const mean = medians.reduce((sum, each) => sum + each, 0) / medians.length;
  const variance = medians.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (medians.length - 1);
  const [median, standardError] = [computeMedian(regrets), Math.sqrt(variance)];
  return {
    median,
    standardError,
    text: `${median.toPrecision(3)} ± ${standardError.toPrecision(2)} (${regrets.length})`,
  };
}

function computeMedian(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
