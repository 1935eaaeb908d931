/**
 * What is no negative.
 *
 * - `positive`: the query's own positive.
 * - `seen`: whatever the user did in train.
 * - `nothing`: every item is one, the positive included (Spotlight, netrex).
 */
export type Rejection = 'positive' | 'seen' | 'nothing';

/** `(5)`, with the rejection if it is not the usual one. */
export function formatDrawOptions(options: readonly string[], reject: Rejection): string {
  return `(${[...options, ...(reject === 'positive' ? [] : [`reject ${reject}`])].join(', ')})`;
}
