import { startWorker } from '#wasm/platform';
import { STATIC_BYTES } from './memory.js';

export const MAXIMUM_THREADS = 256;

const STACK_BYTES = 2 ** 20;

/** The address after the stacks of workers, where arrays begin. */
export const findStart = (threads) => STATIC_BYTES + (threads - 1) * STACK_BYTES;

/** Whether this thread may sleep: the main thread of a page may not. */
function maySleep(memory) {
  try {
    Atomics.wait(new Int32Array(memory.buffer, 0, 1), 0, 1, 0); // not equal: it returns at once
    return true;
  } catch {
    return false;
  }
}

const ended = new FinalizationRegistry((exports) => exports.end_threads());

/**
 * Starts the workers of a memory, which end when `owner` is collected. Where one cannot be started, none stays.
 *
 * @returns them: how to end each, and whether it is alive
 */
export async function startThreads(module, memory, exports, threads, owner) {
  const started = await Promise.allSettled(
    Array.from({ length: threads - 1 }, (_, index) =>
      startWorker({ module, memory, thread: index + 1, stack: STATIC_BYTES + (index + 1) * STACK_BYTES }),
    ),
  );
  if (started.some(({ status }) => status === 'rejected')) {
    exports.end_threads();
    return [];
  }
  exports.set_threads(threads, maySleep(memory) ? 1 : 0);
  ended.register(owner, exports);
  return started.map(({ value }) => value);
}
