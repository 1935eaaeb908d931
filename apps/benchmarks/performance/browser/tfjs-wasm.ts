import { tf } from '@footlight/engine';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

// Importing it registers the WebAssembly backend of TensorFlow.js under the name of Footlight's own, `wasm`: a page
// uses one of them. That of TensorFlow.js has no threads in Node, so that it is measured in a browser.

interface TfjsWasm {
  readSync(id: object): Float32Array | Int32Array;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array | Int32Array;
}

/** Starts the WebAssembly backend of TensorFlow.js. @returns the number of its threads */
export async function startTfjsWasm(threads: number): Promise<number> {
  setWasmPaths('/tfjs/');
  setThreadsCount(threads);
  registerUnsortedSegmentSum();
  if (!(await tf.setBackend('wasm')))
    throw new Error('bench: the WebAssembly backend of TensorFlow.js does not start.');
  return (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) ? getThreadsCount() : 1;
}

/**
 * The one kernel of training that this backend lacks, the gradient of `gather`, in JavaScript on its memory.
 *
 * $$ y_{s d} = \sum_{r : \text{segmentIds}_r = s} x_{r d} $$
 *
 * @shape x `[row, ...]`, segmentIds `[row]` int32 → `[numSegments, ...]`
 */
function registerUnsortedSegmentSum(): void {
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName: 'wasm',
    kernelFunc({ inputs, backend, attrs }) {
      const wasm = backend as unknown as TfjsWasm;
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as unknown as { numSegments: number };
      const output = wasm.makeOutput([numSegments, ...x.shape.slice(1)], x.dtype);
      const ids = wasm.readSync(segmentIds.dataId) as Int32Array;
      sumSegments(wasm.readSync(x.dataId), ids, wasm.typedArrayFromHeap(output).fill(0));
      return output;
    },
  });
}

function sumSegments(x: Float32Array | Int32Array, ids: Int32Array, sums: Float32Array | Int32Array): void {
  const width = x.length / Math.max(1, ids.length);
  ids.forEach((segment, row) => {
    for (let d = 0; d < width; d++) sums[segment * width + d]! += x[row * width + d]!;
  });
}
