import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { invalid, RecsysError } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { registerNative } from './backends/native/register-native.js';
import { findTensorflowFolder } from './backends/tensorflow-folder.js';
import { registerUnsortedSegmentSum } from './backends/wasm/unsorted-segment-sum.js';

/** What can run tensors, best first. */
export const backendNames = ['tensorflow-gpu', 'native', 'tensorflow', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

/** What came of trying one backend. */
export interface Attempt {
  readonly name: BackendName;
  readonly works: boolean;
  /** One line: what it is, or why it does not work. */
  readonly reason: string;
}

export interface ChosenBackend {
  readonly name: BackendName;
  readonly reason: string;
  /** Everything that was tried, in order. */
  readonly attempts: readonly Attempt[];
}

/**
 * Chooses what runs tensors: the best backend that works, or the one that is named by `name` or by `FOOTLIGHT_BACKEND`.
 *
 * The order is a GPU through `@tensorflow/tfjs-node-gpu`, the C++ of `@footlight/native`, `@tensorflow/tfjs-node`, WebAssembly, plain JavaScript. Only the
 * last two are always there.
 *
 * @throws {RecsysError} `invalid-argument` for an unknown name; `backend-failed` if the named one does not work
 * @example
 * const { name, reason } = await useBackend();
 */
export async function useBackend(
  name: string | undefined = process.env.FOOTLIGHT_BACKEND || undefined,
): Promise<ChosenBackend> {
  if (name !== undefined && !isBackendName(name))
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
    `useBackend: expected ${only!.name} to work, received: ${only!.reason}. Leave the choice to useBackend(), or see doctor().`,
  );
}

/** Chooses a backend unless this process has one already. */
export async function ensureBackend(): Promise<void> {
  if (!tf.engine().backendName) await useBackend();
}

/** Tries one backend with a small computation; on success it is the one in use. Never throws. */
export async function tryBackend(name: BackendName): Promise<Attempt> {
  try {
    const reason = await starters[name]();
    const sum = tf.tidy(() => tf.sum(tf.matMul(tf.ones([2, 3]), tf.ones([3, 5]))).dataSync()[0]);
    if (sum !== 30) return { name, works: false, reason: `computed ${sum} where 30 was expected` };
    return { name, works: true, reason };
  } catch (error) {
    return { name, works: false, reason: (error as Error).message.split('\n')[0]! };
  }
}

const starters: Record<BackendName, () => Promise<string>> = {
  async 'tensorflow-gpu'() {
    await loadTensorflow('@tensorflow/tfjs-node-gpu');
    if (!(tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice)
      throw new Error('@tensorflow/tfjs-node-gpu is installed but sees no GPU');
    return `TensorFlow ${tensorflowVersion()} on a GPU`;
  },
  async native() {
    const what = registerNative();
    await start('native');
    return what;
  },
  async tensorflow() {
    const from = await loadTensorflow('@tensorflow/tfjs-node');
    return `TensorFlow ${tensorflowVersion()}${from}`;
  },
  async wasm() {
    const { getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    registerUnsortedSegmentSum();
    await start('wasm');
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
    return `WebAssembly${simd ? ' with SIMD' : ''}, ${await threads(getThreadsCount)}`;
  },
  async cpu() {
    await start('cpu');
    (tf.backend() as { firstUse?: boolean }).firstUse = false; // else tfjs advertises tfjs-node on stderr
    return 'plain JavaScript';
  },
};

async function start(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not initialise ${name}`);
}

async function threads(count: () => number): Promise<string> {
  const found = (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) ? count() : 1;
  return `${found} thread${found === 1 ? '' : 's'}`;
}

/** Loads a binding of TensorFlow: an installed package, else the one that `installTensorflow` made. Returns where it was found, for the reason. */
async function loadTensorflow(name: string): Promise<string> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'; // TensorFlow greets on stderr
  const ours = createRequire(import.meta.url);
  const own = join(findTensorflowFolder(), 'node_modules', name, 'package.json');
  if (isInstalled(ours, name)) ours(name);
  else if (existsSync(own)) adoptTensorflow(ours, createRequire(own), name);
  else throw new Error(`${name} is not installed`);
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

/** The binding asks for tfjs by name and must get the copy that is running here, not one of its own. */
function adoptTensorflow(ours: NodeJS.Require, theirs: NodeJS.Require, name: string): void {
  ours('@tensorflow/tfjs');
  theirs.cache[theirs.resolve('@tensorflow/tfjs')] = ours.cache[ours.resolve('@tensorflow/tfjs')];
  withoutWarnings(() => theirs(name));
}

/** tfjs warns that the platform is set twice; it is set to the same. */
function withoutWarnings(work: () => void): void {
  const { warn } = console;
  console.warn = () => {};
  try {
    work();
  } finally {
    console.warn = warn;
  }
}

function tensorflowVersion(): string {
  return (tf.backend() as { binding?: { TF_Version?: string } }).binding?.TF_Version ?? 'of unknown version';
}

function isBackendName(name: string): name is BackendName {
  return (backendNames as readonly string[]).includes(name);
}
