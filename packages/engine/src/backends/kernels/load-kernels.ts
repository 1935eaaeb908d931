import { createRequire } from 'node:module';
import type { Kernels } from '@footlight/kernels';

type Loaded =
  | { readonly kernels: Kernels; readonly reason?: never }
  | { readonly kernels?: never; readonly reason: string };

let loaded: Loaded | undefined;

/** Loads the addon of `@footlight/kernels`, once. Returns `undefined` if it does not run here. */
export function loadNativeKernels(): Kernels | undefined {
  loaded ??= loadNative();
  return loaded.kernels;
}

/** Explains in one line why there is no addon. Returns `undefined` if there is one. */
export function explainMissingKernels(): string | undefined {
  loaded ??= loadNative();
  return loaded.reason;
}

function loadNative(): Loaded {
  const ours = createRequire(import.meta.url);
  try {
    return (ours('@footlight/kernels') as { load(): Loaded }).load();
  } catch (error) {
    return { reason: (error as Error).message.split('\n')[0]! };
  }
}
