import { decodeBase64 } from './decode.js';
import { workerSource } from './worker-source.js';

export const canShareMemory = () => globalThis.crossOriginIsolated === true;

export const countThreads = () => globalThis.navigator?.hardwareConcurrency ?? 1;

const files = {
  simd: () => import('./simd.js'),
  'simd-threads': () => import('./simd-threads.js'),
  'relaxed-simd-threads': () => import('./relaxed-simd-threads.js'),
};

export async function readBinary(name) {
  const { embedded } = await files[name]();
  const stream = new Blob([decodeBase64(embedded)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}

const program = `${workerSource}
onmessage = ({ data }) => {
  serve(data, (message) => postMessage(message));
  close();
};
`;

/**
 * Starts a worker; resolves to how to end it and whether it is alive, which browsers do not tell a thread that waits:
 * `onerror` and `pagehide` are events, and a counter that stands still may be that of a long piece, or of a worker that
 * has no processor. A lock of the Web Locks API would be released, but only asynchronously, so that noticing it takes
 * one more worker per page. That is not worth it: no other code has the worker, so that it ends with its page, and what
 * remains (a worker that developers end by hand) is noticed by the time limit of the pool.
 */
export async function startWorker(data) {
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  try {
    const worker = new Worker(address, { name: 'footlight kernels' });
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = ({ message }) => reject(new Error(message || 'it could not be loaded'));
      worker.postMessage(data);
    });
    return { end: () => worker.terminate(), isAlive: () => true };
  } finally {
    URL.revokeObjectURL(address);
  }
}
