import type { Kernels } from '@footlight/kernels';
import type { ArrayPool } from './array-pool.js';

/** Names of the backends that run in WebAssembly; products of the second use fused multiply-add. */
export type WasmName = 'wasm' | 'wasm-relaxed';

/** A build of `@footlight/kernels` that runs here: the addon or WebAssembly. The backend of the same name uses it. */
export interface Build {
  readonly name: 'native' | WasmName;
  /** One line that describes it. */
  readonly description: string;
  readonly kernels: Kernels;
  /** Memory that the kernels read without a copy. */
  readonly arrays: ArrayPool;
}
