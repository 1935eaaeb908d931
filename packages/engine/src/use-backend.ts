import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { invalid, RecsysError } from '@footlight/core';
import { assertPrivateFolder } from '@footlight/core/files';
import * as tf from '@tensorflow/tfjs';
import { checkEnvironment } from './backends/check-environment.js';
import { registerNative } from './backends/native/register-native.js';
import { findTensorflowFolder } from './backends/tensorflow-folder.js';
import { registerUnsortedSegmentSum } from './backends/wasm/unsorted-segment-sum.js';

/** Names of all backends, in order of preference. */
export const backendNames = ['tensorflow-gpu', 'native', 'tensorflow', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

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
 * In order of preference: a GPU through `@tensorflow/tfjs-node-gpu`, the C++ kernels of `@footlight/kernels`,
 * `@tensorflow/tfjs-node`, WebAssembly, plain JavaScript. The last two work everywhere.
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
  const name = (process.env.FOOTLIGHT_BACKEND || undefined) as BackendName | undefined;
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
    const reason = await starters[name]();
    const sum = tf.tidy(() => tf.sum(tf.matMul(tf.ones([2, 3]), tf.ones([3, 5]))).dataSync()[0]);
    if (sum !== 30) return { name, works: false, reason: `expected a product to sum to 30, received ${sum}` };
    return { name, works: true, reason };
  } catch (error) {
    return { name, works: false, reason: (error as Error).message.split('\n')[0]! };
  }
}

const starters: Record<BackendName, () => Promise<string>> = {
  async 'tensorflow-gpu'() {
    await loadTensorflow('@tensorflow/tfjs-node-gpu');
    if (!(tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice)
      throw new Error('@tensorflow/tfjs-node-gpu is installed but finds no GPU');
    return `TensorFlow ${readTensorflowVersion()} on a GPU`;
  },
  async native() {
    const description = registerNative();
    await start('native');
    return description;
  },
  async tensorflow() {
    const location = await loadTensorflow('@tensorflow/tfjs-node');
    return `TensorFlow ${readTensorflowVersion()}${location}`;
  },
  async wasm() {
    const { getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    registerUnsortedSegmentSum();
    await start('wasm');
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
    return `WebAssembly${simd ? ' with SIMD' : ''}, ${await describeThreads(getThreadsCount)}`;
  },
  async cpu() {
    await start('cpu');
    (tf.backend() as { firstUse?: boolean }).firstUse = false; // otherwise tfjs recommends tfjs-node on stderr
    return 'plain JavaScript';
  },
};

async function start(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not initialize ${name}`);
}

async function describeThreads(count: () => number): Promise<string> {
  const threads = (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) ? count() : 1;
  return `${threads} thread${threads === 1 ? '' : 's'}`;
}

/**
 * Loads a binding of TensorFlow: an installed package, else the one that `footlight doctor --install-tensorflow` built.
 *
 * @returns ` in <folder>` for the latter, to append to the description
 */
async function loadTensorflow(name: string): Promise<string> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'; // otherwise TensorFlow logs its version to stderr
  const ours = createRequire(import.meta.url);
  const manifest = join(findTensorflowFolder(), 'node_modules', name, 'package.json');
  if (isInstalled(ours, name)) ours(name);
  else if (existsSync(manifest)) {
    assertPrivateFolder(findTensorflowFolder()); // what lies there is run
    adoptTensorflow(ours, createRequire(manifest), name);
  } else throw new Error(`${name} is not installed`);
  await start('tensorflow');
  return isInstalled(ours, name) ? '' : ` in ${findTensorflowFolder()}`;
}

function isInstalled(from: NodeJS.Require, name: string): boolean {
  try {
    from.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Loads a binding with the copy of tfjs that is running here: the binding requires tfjs by name and would load a second
 * copy.
 */
function adoptTensorflow(ours: NodeJS.Require, theirs: NodeJS.Require, name: string): void {
  ours('@tensorflow/tfjs');
  theirs.cache[theirs.resolve('@tensorflow/tfjs')] = ours.cache[ours.resolve('@tensorflow/tfjs')];
  muteWarnings(() => theirs(name));
}

/** Mutes the warning of tfjs that the platform is set twice, to the same value. */
function muteWarnings(work: () => void): void {
  const { warn } = console;
  console.warn = () => {};
  try {
    work();
  } finally {
    console.warn = warn;
  }
}

function readTensorflowVersion(): string {
  return (tf.backend() as { binding?: { TF_Version?: string } }).binding?.TF_Version ?? 'of unknown version';
}
