/** Names of rows without the folder that they share. */
export function shortenNames(rows: readonly string[]): string[] {
  const folders = new Set(rows.map((row) => row.split('/')[0]));
  return folders.size === 1 ? rows.map((row) => row.slice(row.indexOf('/') + 1)) : [...rows];
}

/** A word of letters, digits and hyphens, for links and ids. */
export function createId(...words: readonly string[]): string {
  return words.join('-').replace(/[^a-zA-Z0-9]+/g, '-');
}

/** A value of a metric, as it stands in text. */
export function formatValue(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 100 ? value.toFixed(1) : Math.abs(value) >= 0.001 ? value.toFixed(4) : value.toPrecision(2);
}

/** Whether smaller values of a metric are better. */
export function isErrorMetric(metric: string): boolean {
  return /^(rmse|mae)\b/.test(metric);
}

/** The item with the best value of a metric. */
export function findBest<T>(items: readonly T[], measure: (item: T) => number, metric: string): T {
  const sign = isErrorMetric(metric) ? -1 : 1;
  return items.reduce((one, other) => (sign * measure(other) > sign * measure(one) ? other : one));
}
