import { canShareMemory, countThreads, readBinary } from '#wasm/platform';
import { createWebAssemblyMemory, KernelMemory, STATIC_BYTES } from './memory.js';
import { findStart, MAXIMUM_THREADS, startThreads } from './threads.js';

/** Throws a RangeError for options that are no options anywhere. */
export function checkOptions({ threads, limitBytes }) {
  for (const [name, value] of Object.entries({ threads, limitBytes }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1))
      throw new RangeError(`loadWasm: expected ${name} to be a whole number from 1 on, received ${value}.`);
}

/** A module with one instruction of relaxed SIMD: `f32x4.relaxed_madd` of zeros. */
const relaxedInstruction = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  4,
  1,
  96,
  0,
  0,
  3,
  2,
  1,
  0,
  10,
  20,
  1,
  18,
  0,
  65,
  0,
  253,
  17,
  65,
  0,
  253,
  17,
  65,
  0,
  253,
  17,
  253,
  133,
  2,
  26,
  11,
);

/** Explains in one line why `relaxed: true` has no effect here. Returns `undefined` if it has one. */
export function explainMissingRelaxed() {
  if (!WebAssembly.validate(relaxedInstruction))
    return 'expected relaxed SIMD (Node 22 or a browser that has it), found none';
  if (!canShareMemory()) return 'expected a page that is cross-origin isolated, found one that is not';
  return undefined;
}

const failures = ['a thread could not finish its piece', 'a thread was lost or did not answer any more'];

/** Throws through the kernel that calls it. */
function fail(kind) {
  throw new Error(`kernels: expected all threads to finish, but ${failures[kind]}. The results are incomplete.`);
}

/**
 * Compiles the kernels and gives them memory and threads. `exports` are the functions of `src/binding/wasm`, which
 * check nothing: addresses are unsigned, and `memory.allocate` finds room for what kernels work in. Whoever calls them
 * catches what they throw, and calls `recover` before the next call.
 */
export async function startRuntime(options = {}) {
  const wanted = canShareMemory() ? Math.min(options.threads ?? countThreads(), MAXIMUM_THREADS) : 1;
  const relaxed = options.relaxed === true && explainMissingRelaxed() === undefined;
  const shared = wanted > 1 || relaxed;
  const name = shared ? 'simd-threads' : 'simd';
  const module = await WebAssembly.compile(await readBinary(relaxed ? `relaxed-${name}` : name));
  const start = findStart(wanted);
  const limit = options.limitBytes ?? 2 ** 32;
  const wasmMemory = createWebAssemblyMemory(shared, start, limit);
  const clock = () => performance.now();
  const workers = [];
  const isAlive = (thread) => (workers[thread - 1].isAlive() ? 1 : 0);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory: wasmMemory, clock, isAlive, fail } });
  if (exports.__heap_base.value > STATIC_BYTES) throw new Error('the constants of the kernels are too large');
  const memory = new KernelMemory(wasmMemory, shared, start, limit);
  if (shared) workers.push(...(await startThreads(module, wasmMemory, exports, wanted, memory)));
  const recover = createRecovery(exports, workers);
  return { exports, memory, threads: workers.length + 1, relaxed, workers, recover };
}

/** Makes the kernels ready for another call after one that threw. */
function createRecovery(exports, workers) {
  const top = exports.__stack_pointer.value;
  return () => {
    exports.__stack_pointer.value = top;
    try {
      exports.recover?.();
    } catch {
      exports.__stack_pointer.value = top;
    }
    if (exports.is_alone?.()) for (const { end } of workers.splice(0)) end(); // the caller does all work from now on
  };
}
