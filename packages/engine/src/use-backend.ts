import { invalid, RecsysError } from '@footlight/core';
import { backendNames, checkEnvironment, readBackendVariable, startBackend } from '#platform/backends/start-backend';
import type { BackendName } from './backends/types.js';
import { tf } from './tfjs/tfjs.js';

export type { BackendName } from './backends/types.js';
/** Names of the backends of this platform: those that are tried up to `cpu`, in this order, then those by name. */
export { backendNames };

/** Result of the attempt to start one backend. */
export interface Attempt {
  readonly name: BackendName;
  readonly works: boolean;
  /** One line: a description of the backend, or why it does not work. */
  readonly reason: string;
}

export interface ChosenBackend {
  readonly name: BackendName;
  /** One line that describes the backend. */
  readonly reason: string;
  /** All attempts, in order. */
  readonly attempts: readonly Attempt[];
}

/**
 * Starts a backend for TensorFlow.js: the named one, else that of the environment variable `FOOTLIGHT_BACKEND`, else
 * the best one that works.
 *
 * In order of preference: the kernels of `@footlight/kernels` as an addon, the same kernels as WebAssembly, plain
 * JavaScript. The last two work everywhere. `tensorflow`, `tensorflow-gpu` and `webgpu` are started by name only, since
 * they have not been measured to be faster.
 *
 * `wasm-relaxed` is `wasm` with matrix products that use the fused multiply-add of relaxed SIMD. They are faster, and
 * results differ in the last digits between machines, so that it too is started by name only. It needs Node 22, or a
 * cross-origin isolated page in a browser with relaxed SIMD; elsewhere the error says that it is not used.
 *
 * In browsers: WebAssembly, plain JavaScript; `wasm-relaxed`, and `webgpu` and `webgl` if the page has registered them
 * with TensorFlow.js, only by name.
 *
 * @throws {RecsysError} `invalid-argument` for an unknown name; `backend-failed` if the named backend does not work
 * @example
 * const { name, reason } = await useBackend();
 */
export async function useBackend(name: BackendName | undefined = readVariable()): Promise<ChosenBackend> {
  checkEnvironment();
  if (name !== undefined && !backendNames.includes(name))
    invalid('useBackend(name)', `one of ${backendNames.join(', ')}`, name);
  const attempts: Attempt[] = [];
  for (const candidate of name === undefined ? backendNames : [name]) {
    const attempt = await tryBackend(candidate);
    attempts.push(attempt);
    if (attempt.works) return { name: candidate, reason: attempt.reason, attempts };
  }
  const [only] = attempts;
  throw new RecsysError(
    'backend-failed',
    `useBackend: expected ${only!.name} to work, received: ${only!.reason}. ` +
      'Name no backend to get the best one that works, or see doctor().',
  );
}

function readVariable(): BackendName | undefined {
  const name = readBackendVariable() as BackendName | undefined;
  if (name !== undefined && !backendNames.includes(name))
    invalid('FOOTLIGHT_BACKEND', `one of ${backendNames.join(', ')}`, name, 'Correct or unset it.');
  return name;
}

/** Starts a backend if none has been started in this process. */
export async function ensureBackend(): Promise<void> {
  if (!tf.engine().backendName) await useBackend();
}

/**
 * Tries to start one backend and runs a small computation on it. If that works, the backend stays in use. Never throws.
 */
export async function tryBackend(name: BackendName): Promise<Attempt> {
  try {
    const reason = await startBackend(name);
    for (const read of ['data', 'dataSync'] as const) {
      const total = tf.tidy(() => tf.sum(tf.matMul(tf.ones([2, 3]), tf.ones([3, 5]))));
      const [sum] = await total[read]();
      total.dispose();
      if (sum !== 30)
        return { name, works: false, reason: `expected a product to sum to 30 by ${read}(), received ${sum}` };
    }
    return { name, works: true, reason };
  } catch (error) {
    return { name, works: false, reason: (error as Error).message.split('\n')[0]! };
  }
}
