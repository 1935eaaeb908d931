/** Loads the build of the kernels that `FOOTLIGHT_TEST_KERNELS` names: see vitest.config.ts. */
import { load } from '../index.js';
import { loadWasm } from '../wasm.js';

export const build = process.env.FOOTLIGHT_TEST_KERNELS ?? 'addon';

export async function loadKernels() {
  if (build === 'addon') return load();
  if (build === 'wasm') return loadWasm({ threads: 1 });
  if (build === 'wasm-threads') return loadWasm({ threads: 3 });
  return { reason: `expected addon, wasm or wasm-threads, received ${build}` };
}
