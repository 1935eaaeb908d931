/** Chooses a logarithmic scale for values far apart, which would hide differences on a linear one. */
export function chooseScale(values: readonly number[]): 'linear' | 'log' {
  return Math.min(...values) > 0 && Math.max(...values) > 15 * Math.min(...values) ? 'log' : 'linear';
}
