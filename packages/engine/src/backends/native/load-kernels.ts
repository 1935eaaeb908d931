import { createRequire } from 'node:module';
import type { Kernels } from '@footlight/kernels';

type Loaded =
  | { readonly kernels: Kernels; readonly reason?: never }
  | { readonly kernels?: never; readonly reason: string };

let loaded: Loaded | undefined;

/**
 * Loads the C++ kernels of `@footlight/kernels`, once. Returns `undefined` if that package is not installed or does not
 * run here.
 */
export function loadNativeKernels(): Kernels | undefined {
  loaded ??= loadNative();
  return loaded.kernels;
}

/** Explains in one line why there are no C++ kernels. Returns `undefined` if there are. */
export function explainMissingKernels(): string | undefined {
  loaded ??= loadNative();
  return loaded.reason;
}

function loadNative(): Loaded {
  const ours = createRequire(import.meta.url);
  try {
    return (ours('@footlight/kernels') as { load(): Loaded }).load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { reason: code === 'MODULE_NOT_FOUND' ? '@footlight/kernels is not installed' : message.split('\n')[0]! };
  }
}
