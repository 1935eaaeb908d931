/**
 * A count with its noun, singular for one.
 *
 * @example
 * formatCount(1, 'study', 'studies') // '1 study'
 */
export function formatCount(count: number, what: string, plural = `${what}s`): string {
  return `${count} ${count === 1 ? what : plural}`;
}
