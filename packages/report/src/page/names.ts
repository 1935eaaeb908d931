/** Names of experiments without the folder that they share. */
export function shortenNames(names: readonly string[]): string[] {
  const folders = new Set(names.map((name) => name.split('/')[0]));
  return folders.size === 1 ? names.map((name) => name.slice(name.indexOf('/') + 1)) : [...names];
}

/** Creates an id for links: letters, digits and hyphens. */
export function createId(...words: readonly string[]): string {
  return words.join('-').replace(/[^a-zA-Z0-9]+/g, '-');
}

/** Formats a metric value for running text. */
export function formatValue(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 100 ? value.toFixed(1) : Math.abs(value) >= 0.001 ? value.toFixed(4) : value.toPrecision(2);
}

/** Whether smaller values of the metric are better. */
export function isErrorMetric(metric: string): boolean {
  return /^(rmse|mae)\b/.test(metric);
}

/** The item with the best value of the metric. */
export function findBest<T>(items: readonly T[], measure: (item: T) => number, metric: string): T {
  const sign = isErrorMetric(metric) ? -1 : 1;
  return items.reduce((one, other) => (sign * measure(other) > sign * measure(one) ? other : one));
}
