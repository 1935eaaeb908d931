import { type Kernels, load } from '@footlight/kernels';
import { type KernelMemory, loadWasm } from '@footlight/kernels/wasm';

/** Which build the tests run on: see vitest.config.ts. */
const build = process.env.FOOTLIGHT_TEST_KERNELS ?? 'addon';

interface Loaded {
  readonly kernels?: Kernels;
  readonly memory?: KernelMemory;
  readonly reason?: string;
}

const loaders: Readonly<Record<string, () => Loaded | Promise<Loaded>>> = {
  addon: load,
  wasm: () => loadWasm({ threads: 1 }),
  'wasm-threads': () => loadWasm({ threads: 3 }),
};

const reject = (): Loaded => ({ reason: `expected addon, wasm or wasm-threads, received ${build}` });
const loaded = await (loaders[build] ?? reject)();
if (loaded.reason) console.warn(`Tests of kernels are skipped: ${loaded.reason}.`);

export const isAddon: boolean = build === 'addon';
export const isCompiled: boolean = loaded.kernels !== undefined;
export const kernels: Kernels = loaded.kernels as Kernels;
/** Memory of the kernels; the addon has none. */
export const memory: KernelMemory | undefined = loaded.memory;
