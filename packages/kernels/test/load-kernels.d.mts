import type { Kernels } from '@footlight/kernels';
import type { KernelMemory } from '@footlight/kernels/wasm';

/** Which build `FOOTLIGHT_TEST_KERNELS` names: `addon`, `wasm` or `wasm-threads`. */
export const build: string;

export interface LoadedKernels {
  readonly kernels?: Kernels;
  readonly memory?: KernelMemory;
  readonly reason?: string;
}

export function loadKernels(): Promise<LoadedKernels>;
