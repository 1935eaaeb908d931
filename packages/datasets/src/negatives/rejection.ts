/**
 * The items that are never sampled as negatives of a query.
 *
 * - `positive`: the positive of the query.
 * - `seen`: all items of the user in train.
 * - `nothing`: none; the positive can be sampled (Spotlight, netrex).
 */
export type Rejection = 'positive' | 'seen' | 'nothing';

/** The options for a name, e.g. `(5)`, with the rejection if it is not the default. */
export function formatDrawOptions(options: readonly string[], reject: Rejection): string {
  return `(${[...options, ...(reject === 'positive' ? [] : [`reject ${reject}`])].join(', ')})`;
}
