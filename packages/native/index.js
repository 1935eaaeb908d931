import { createRequire } from 'node:module';

/** The kernels, or why there are none. */
export function load() {
  try {
    return { kernels: createRequire(import.meta.url)('./build/Release/footlight.node') };
  } catch (error) {
    return { reason: error.message.split('\n')[0] };
  }
}
