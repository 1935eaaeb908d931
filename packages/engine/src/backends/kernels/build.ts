import type { Kernels } from '@footlight/kernels';
import type { ArrayPool } from './array-pool.js';

/** A build of `@footlight/kernels` that runs here: the addon or WebAssembly. The backend of the same name uses it. */
export interface Build {
  readonly name: 'native' | 'wasm';
  /** One line that describes it. */
  readonly description: string;
  readonly kernels: Kernels;
  /** Memory that the kernels read without a copy. */
  readonly arrays: ArrayPool;
}
