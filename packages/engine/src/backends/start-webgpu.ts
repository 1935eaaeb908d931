import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { tf } from '../tfjs/tfjs.js';
import { fixWebgpu } from './fix-webgpu.js';
import { guardWebgpu } from './guard-webgpu.js';
import { captureTicks, readInPlace, type WebgpuBackend } from './read-webgpu.js';
import { setBackend } from './set-backend.js';

/** The parts of WebGPU that are needed here; Node has no types of it. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: AdapterInfo } | null>;
}

interface AdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly description?: string;
}

interface Dawn {
  /** Starts WebGPU. */
  create(flags: readonly string[]): Gpu;
  /** `GPUBuffer` and the other global names. */
  readonly globals: object;
}

const backendPackage = '@tensorflow/tfjs-backend-webgpu';

let described: string | undefined;

/** Kept as long as the process runs: Dawn ends with this object, and a device that is used afterwards crashes. */
let gpu: Gpu | undefined;

/**
 * Starts TensorFlow.js's WebGPU backend in Node, on the WebGPU of the package `webgpu` (Dawn).
 *
 * @returns one line that describes it
 * @throws {Error} with the reason why it does not work
 */
export async function startWebgpu(): Promise<string> {
  described ??= await startOnce();
  await setBackend('webgpu');
  return described;
}

async function startOnce(): Promise<string> {
  const ours = createRequire(import.meta.url);
  const path = findPackage(ours, 'webgpu');
  findPackage(ours, backendPackage);
  const { create, globals } = (await import(pathToFileURL(path).href)) as Dawn;
  Object.assign(globalThis, globals);
  gpu ??= create([]);
  const adapter = await captureTicks(() => gpu!.requestAdapter());
  if (!adapter) throw new Error('WebGPU finds no GPU: it needs a driver for Vulkan, Metal or Direct3D 12');
  await withNavigator(gpu, async () => {
    ours(backendPackage);
    if (!tf.findBackendFactory('webgpu')) throw new Error(`${backendPackage} uses another copy of TensorFlow.js`);
    await setBackend('webgpu');
  });
  fixWebgpu();
  guardWebgpu();
  readInPlace(tf.backend() as unknown as WebgpuBackend);
  return `WebGPU on ${describeAdapter(adapter.info)}`;
}

function findPackage(from: NodeJS.Require, name: string): string {
  try {
    return from.resolve(name);
  } catch {
    throw new Error(`${name} is not installed`);
  }
}

/** Runs `work` while `navigator.gpu` is that GPU, as in a browser. */
async function withNavigator(gpu: Gpu, work: () => Promise<void>): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  try {
    await captureTicks(work);
  } finally {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else delete (globalThis as { navigator?: unknown }).navigator;
  }
}

function describeAdapter({ description, vendor, architecture }: AdapterInfo = {}): string {
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'an unnamed GPU';
}
