import { decodeBase64 } from './decode.js';

export const canShareMemory = () => globalThis.crossOriginIsolated === true;

export const countThreads = () => globalThis.navigator?.hardwareConcurrency ?? 1;

const files = { simd: () => import('./simd.js'), 'simd-threads': () => import('./simd-threads.js') };

export async function readBinary(name) {
  const { embedded } = await files[name]();
  const stream = new Blob([decodeBase64(embedded)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}
