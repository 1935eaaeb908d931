/** What survives `JSON.stringify` and `JSON.parse` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The options of a component as data, e.g. `{ name: 'k-core', minimum: 5 }`. It becomes part of a protocol and its hash. */
export interface Described {
  /** Reproducible text for reports, e.g. `k-core(5)`. */
  readonly name: string;
  /** Every option that changes results, defaults spelled out. */
  readonly protocol: { readonly [key: string]: Json };
}
