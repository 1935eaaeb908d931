import { explainMissingKernels, loadNativeKernels } from '#platform/backends/kernels/load-kernels';
import { ArrayPool } from './array-pool.js';
import { useJavaScriptMemory, useKernelMemory } from './array-source.js';
import type { Build, WasmName } from './build.js';

let native: Build | undefined;
const started = new Map<string, Build>();
const loading = new Map<WasmName, Promise<Build>>();

/** Finds the build that a backend runs on; `undefined` for a backend that runs on none, or was not started. */
export function findBuild(backend: string): Build | undefined {
  if (backend === 'native') return findNativeBuild();
  return started.get(backend);
}

/** Finds the addon; `undefined` if it cannot be used here. */
function findNativeBuild(): Build | undefined {
  const kernels = loadNativeKernels();
  if (!kernels) return undefined;
  native ??= {
    name: 'native',
    description: `C++ kernels, ${formatThreads(kernels.threads())}`,
    kernels,
    arrays: new ArrayPool(useJavaScriptMemory()),
  };
  return native;
}

/** Loads the addon. @throws {Error} with the reason if it cannot be used here */
export function loadNativeBuild(): Build {
  return findNativeBuild() ?? fail(explainMissingKernels()!);
}

/** Loads the kernels in WebAssembly. @throws {Error} with the reason if they cannot be used here */
export async function loadWasmBuild(name: WasmName): Promise<Build> {
  const promise = loading.get(name) ?? createWasmBuild(name);
  loading.set(name, promise);
  try {
    const build = await promise;
    started.set(name, build);
    return build;
  } catch (error) {
    loading.delete(name); // another attempt may succeed
    throw error;
  }
}

async function createWasmBuild(name: WasmName): Promise<Build> {
  const { explainMissingRelaxed, loadWasm } = await import('./load-wasm.js');
  const relaxed = name === 'wasm-relaxed';
  const missing = relaxed ? explainMissingRelaxed() : undefined;
  if (missing !== undefined) return fail(missing);
  const { kernels, memory, threads, reason } = await loadWasm({ relaxed });
  if (!kernels) return fail(reason);
  return {
    name,
    description: `WebAssembly with ${relaxed ? 'relaxed ' : ''}SIMD, ${formatThreads(threads)}`,
    kernels,
    arrays: new ArrayPool(useKernelMemory(memory)),
  };
}

function formatThreads(count: number): string {
  return `${count} thread${count === 1 ? '' : 's'}`;
}

function fail(reason: string): never {
  throw new Error(reason);
}
