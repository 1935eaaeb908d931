import { explainMissingKernels, loadNativeKernels } from '#platform/backends/kernels/load-kernels';
import { ArrayPool } from './array-pool.js';
import { useJavaScriptMemory, useKernelMemory } from './array-source.js';
import type { Build } from './build.js';

let native: Build | undefined;
let wasm: Build | undefined;
let loading: Promise<Build> | undefined;

/** Finds the build that a backend runs on; `undefined` for a backend that runs on none, or was not started. */
export function findBuild(backend: string): Build | undefined {
  if (backend === 'native') return findNativeBuild();
  return backend === 'wasm' ? wasm : undefined;
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
export async function loadWasmBuild(): Promise<Build> {
  loading ??= createWasmBuild();
  try {
    wasm = await loading;
    return wasm;
  } finally {
    loading = wasm && loading; // another attempt may succeed
  }
}

async function createWasmBuild(): Promise<Build> {
  const { loadWasm } = await import('./load-wasm.js');
  const { kernels, memory, threads, reason } = await loadWasm();
  if (!kernels) return fail(reason);
  return {
    name: 'wasm',
    description: `WebAssembly with SIMD, ${formatThreads(threads)}`,
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
