/** A value that `JSON.stringify` and `JSON.parse` return unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A component that describes itself as data. The description becomes part of the protocol of an experiment and of its
 * hash.
 */
export interface Described {
  /** Name with options for reports, e.g. `k-core(5)`. */
  readonly name: string;
  /** All options that change results, including defaults, e.g. `{ name: 'k-core', minimum: 5 }`. */
  readonly protocol: { readonly [key: string]: Json };
}
