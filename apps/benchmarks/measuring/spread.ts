/** What several measurements of one thing came to. */
export interface Spread {
  readonly median: number;
  readonly smallest: number;
  readonly largest: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return { median, smallest: sorted[0]!, largest: sorted.at(-1)! };
}

/** `0.41 (0.39–0.45)` */
export function withRange({ median, smallest, largest }: Spread, digits: (value: number) => string): string {
  return `${digits(median)} (${digits(smallest)}–${digits(largest)})`;
}
