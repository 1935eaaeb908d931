import { type Kernels, load } from '@footlight/kernels';

/** Loads the compiled kernels. @throws {Error} with the reason if they cannot be loaded */
export function loadKernels(): Kernels {
  const { kernels, reason } = load();
  if (!kernels) throw new Error(`bench:kernels: expected compiled kernels, received none. ${reason}`);
  return kernels;
}
