/** Median and range of repeated measurements. */
export interface Spread {
  readonly median: number;
  readonly smallest: number;
  readonly largest: number;
}

/** Computes median and range. */
export function computeSpread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return { median, smallest: sorted[0]!, largest: sorted.at(-1)! };
}

/** Formats a spread, e.g. `0.41 (0.39–0.45)`. */
export function formatSpread({ median, smallest, largest }: Spread, format: (value: number) => string): string {
  return `${format(median)} (${format(smallest)}–${format(largest)})`;
}
