import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { assertPrivateFolder } from '@footlight/core/files';
import { tf } from '../tfjs/tfjs.js';
import { checkEnvironment } from './check-environment.js';
import { loadNativeBuild, loadWasmBuild } from './kernels/find-build.js';
import { setBackend, startBuild, startCpu } from './set-backend.js';
import { startWebgpu } from './start-webgpu.js';
import { findTensorflowFolder } from './tensorflow-folder.js';
import type { BackendName } from './types.js';

/** Names of the backends that run in Node. The first three are tried in this order, the others by name. */
export const backendNames: readonly BackendName[] = [
  ...(['native', 'wasm', 'cpu'] as const),
  ...(['wasm-relaxed', 'tensorflow', 'tensorflow-gpu', 'webgpu'] as const),
];

export { checkEnvironment };

/** The value of `FOOTLIGHT_BACKEND`, not checked yet. */
export function readBackendVariable(): string | undefined {
  return process.env.FOOTLIGHT_BACKEND || undefined;
}

/** Starts a backend. @returns one line that describes it @throws {Error} with the reason why it does not work */
export async function startBackend(name: BackendName): Promise<string> {
  const start = starters[name];
  if (!start) throw new Error('it runs in browsers');
  return start();
}

const starters: Partial<Record<BackendName, () => Promise<string>>> = {
  async 'tensorflow-gpu'() {
    const location = await loadTensorflow({ gpu: true });
    if (!(tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice)
      throw new Error(`TensorFlow ${readTensorflowVersion()} is installed but finds no GPU, or no CUDA and cuDNN`);
    return `TensorFlow ${readTensorflowVersion()} on a GPU${location}`;
  },
  async native() {
    return startBuild(loadNativeBuild());
  },
  async tensorflow() {
    const location = await loadTensorflow({ gpu: false });
    return `TensorFlow ${readTensorflowVersion()}${location}`;
  },
  async wasm() {
    return startBuild(await loadWasmBuild('wasm'));
  },
  async 'wasm-relaxed'() {
    return startBuild(await loadWasmBuild('wasm-relaxed'));
  },
  cpu: startCpu,
  webgpu: startWebgpu,
};

/** Which TensorFlow this process has loaded: its libraries have the same names, so that a process has one of them. */
let loaded: 'tensorflow' | 'tensorflow-gpu' | undefined;

/**
 * Loads a binding of TensorFlow: an installed package, else the one that `footlight doctor --install-tensorflow` built.
 *
 * @returns ` in <folder>` for the latter, to append to the description
 */
async function loadTensorflow({ gpu }: { gpu: boolean }): Promise<string> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'; // otherwise TensorFlow logs its version to stderr
  const ours = createRequire(import.meta.url);
  const own = gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
  const folder = findTensorflowFolder({ gpu });
  const manifest = join(folder, 'node_modules', '@tensorflow/tfjs-node', 'package.json');
  const isOwn = isInstalled(ours, own);
  if (!isOwn && !existsSync(manifest)) throw new Error(`${own} is not installed`);
  const name = gpu ? 'tensorflow-gpu' : 'tensorflow';
  if (loaded && loaded !== name)
    throw new Error(`${loaded} is loaded; start the program with FOOTLIGHT_BACKEND=${name} to use this one`);
  if (isOwn) ours(own);
  else {
    assertPrivateFolder(folder); // what lies there is run
    adoptTensorflow(ours, createRequire(manifest), '@tensorflow/tfjs-node');
  }
  loaded = name;
  await setBackend('tensorflow');
  return isOwn ? '' : ` in ${folder}`;
}

function isInstalled(from: NodeJS.Require, name: string): boolean {
  try {
    from.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Loads a binding with the core of tfjs that is running here: the binding's tfjs would load a second copy. */
function adoptTensorflow(ours: NodeJS.Require, theirs: NodeJS.Require, name: string): void {
  ours('@tensorflow/tfjs-core');
  const core = createRequire(theirs.resolve('@tensorflow/tfjs')).resolve('@tensorflow/tfjs-core');
  theirs.cache[core] = ours.cache[ours.resolve('@tensorflow/tfjs-core')];
  muteWarnings(() => theirs(name));
}

/** Mutes the warnings of tfjs that its platform and its backends are registered twice. */
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
