import { readBinary } from '#wasm/platform';
import { createWebAssemblyMemory, KernelMemory, STATIC_BYTES } from './memory.js';

function checkOptions({ threads, limitBytes }) {
  for (const [name, value] of Object.entries({ threads, limitBytes }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1))
      throw new RangeError(`loadWasm: expected ${name} to be a whole number from 1 on, received ${value}.`);
}

/**
 * Compiles the kernels and gives them memory. `exports` are the functions of `src/binding/wasm`, which check nothing:
 * addresses are unsigned, and `memory.allocate` finds room for what kernels work in.
 */
export async function startRuntime(options = {}) {
  checkOptions(options);
  const threads = 1;
  const shared = threads > 1;
  const module = await WebAssembly.compile(await readBinary(shared ? 'simd-threads' : 'simd'));
  const limit = options.limitBytes ?? 2 ** 32;
  const start = STATIC_BYTES;
  const wasmMemory = createWebAssemblyMemory(shared, start, limit);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory: wasmMemory } });
  if (exports.__heap_base.value > STATIC_BYTES)
    throw new Error('loadWasm: the constants of the kernels are too large.');
  const memory = new KernelMemory(wasmMemory, shared, start, limit);
  exports.set_thread_count(threads);
  return { exports, memory, threads };
}
