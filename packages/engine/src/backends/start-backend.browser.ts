import { tf } from '../tfjs/tfjs.js';
import { fixWebgpu } from './fix-webgpu.js';
import { guardWebgpu } from './guard-webgpu.js';
import { loadWasmBuild } from './kernels/find-build.js';
import { setBackend, startBuild, startCpu } from './set-backend.js';
import type { BackendName } from './types.js';

/** Names of the backends that run in browsers. The first two are tried in this order, the others by name. */
export const backendNames: readonly BackendName[] = ['wasm', 'cpu', 'wasm-relaxed', 'webgpu', 'webgl'];

/** Browsers have no environment variables. */
export function checkEnvironment(): void {}

/** Browsers have no environment variables. */
export function readBackendVariable(): string | undefined {
  return undefined;
}

/**
 * Starts WebAssembly, plain JavaScript, or a backend that the page has registered with TensorFlow.js.
 *
 * @returns one line that describes it
 * @throws {Error} with the reason why it does not work
 */
export async function startBackend(name: BackendName): Promise<string> {
  if (name === 'cpu') return startCpu();
  if (name === 'wasm' || name === 'wasm-relaxed') return startBuild(await loadWasmBuild(name));
  if (!tf.findBackendFactory(name))
    throw new Error(`it is not registered: import '@tensorflow/tfjs-backend-${name}' first`);
  if (name === 'webgpu') fixWebgpu();
  await setBackend(name);
  if (name === 'webgpu') guardWebgpu();
  return descriptions[name] ?? name;
}

const descriptions: Partial<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
};
