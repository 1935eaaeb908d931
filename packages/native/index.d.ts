/**
 * Kernels on typed arrays. They check lengths and ids before they touch memory and throw a TypeError that names operation, argument, what was expected
 * and what came. Arrays that are written to are named `out…` or said to be.
 */
export interface Kernels {
  /** Threads that share the work: `FOOTLIGHT_THREADS`, else the processors of this process. */
  threads(): number;
}

/** The kernels, or in one line why they cannot be used here. Never throws. */
export function load(): { readonly kernels: Kernels; readonly reason?: never } | { readonly kernels?: never; readonly reason: string };
