import { createRequire } from 'node:module';
import type { Kernels } from '@footlight/native';

type Loaded =
  | { readonly kernels: Kernels; readonly reason?: never }
  | { readonly kernels?: never; readonly reason: string };

let loaded: Loaded | undefined;

/** The C++ kernels of `@footlight/native` if that package is installed and runs here; see `nativeReason` where it does not. Loaded once, at the first call. */
export function loadNativeKernels(): Kernels | undefined {
  loaded ??= loadNative();
  return loaded.kernels;
}

/** Why there are no C++ kernels, in one line; `undefined` if there are. */
export function explainMissingKernels(): string | undefined {
  loaded ??= loadNative();
  return loaded.reason;
}

function loadNative(): Loaded {
  const ours = createRequire(import.meta.url);
  try {
    return (ours('@footlight/native') as { load(): Loaded }).load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { reason: code === 'MODULE_NOT_FOUND' ? '@footlight/native is not installed' : message.split('\n')[0]! };
  }
}
