import type { Kernels } from '@footlight/kernels';

/** Browsers cannot load the C++ kernels. */
export function loadNativeKernels(): Kernels | undefined {
  return undefined;
}

/** Explains in one line why there are no C++ kernels. */
export function explainMissingKernels(): string | undefined {
  return 'they run in Node only';
}
