/** Values far apart, such as those of a model that did not learn, would hide all others. */
export function chooseScale(values: readonly number[]): 'linear' | 'log' {
  return Math.min(...values) > 0 && Math.max(...values) > 15 * Math.min(...values) ? 'log' : 'linear';
}
