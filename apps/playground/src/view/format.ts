/** A value of a metric or a loss, e.g. `0.0312`. */
export function formatValue(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : '–';
}

/** A share, e.g. `42 %`. */
export function formatShare(share: number): string {
  return `${Math.round(100 * share)} %`;
}
