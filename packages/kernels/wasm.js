import { createKernels } from './wasm/kernels.js';
import { checkOptions, explainMissingRelaxed, startRuntime } from './wasm/runtime.js';

export { explainMissingRelaxed };

/** Loads the kernels as WebAssembly, or explains why they cannot be used here. */
export async function loadWasm(options = {}) {
  checkOptions(options);
  if (typeof WebAssembly !== 'object') return { reason: 'expected WebAssembly, found none' };
  try {
    const runtime = await startRuntime(options);
    const { memory, threads, relaxed } = runtime;
    return { kernels: createKernels(runtime), memory, threads, relaxed };
  } catch (error) {
    return { reason: error.message.split('\n')[0] };
  }
}
