import { tf } from '../../tfjs/tfjs.js';

interface WasmBackend {
  readSync(id: object): Float32Array | Int32Array;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array | Int32Array;
}

/**
 * The one kernel of training that tfjs's wasm backend lacks: the gradient of `gather`.
 *
 * $$ y_{s d} = \sum_{r : \text{segmentIds}_r = s} x_{r d} $$
 *
 * @shape x `[row, ...]`, segmentIds `[row]` int32 → `[numSegments, ...]`; ids outside of `0 … numSegments − 1` are left
 *   out, as on the cpu backend
 */
export function registerUnsortedSegmentSum(): void {
  if (tf.getKernel('UnsortedSegmentSum', 'wasm')) return;
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName: 'wasm',
    kernelFunc({ inputs, backend, attrs }) {
      const wasm = backend as unknown as WasmBackend;
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as unknown as { numSegments: number };
      const output = wasm.makeOutput([numSegments, ...x.shape.slice(1)], x.dtype);
      sumSegments(
        wasm.readSync(x.dataId),
        wasm.readSync(segmentIds.dataId) as Int32Array,
        wasm.typedArrayFromHeap(output).fill(0),
        numSegments,
      );
      return output;
    },
  });
}

function sumSegments(
  x: Float32Array | Int32Array,
  ids: Int32Array,
  sums: Float32Array | Int32Array,
  segments: number,
): void {
  const width = x.length / Math.max(1, ids.length);
  for (let row = 0; row < ids.length; row++) {
    const segment = ids[row]!;
    if (segment < 0 || segment >= segments) continue;
    for (let d = 0; d < width; d++) sums[segment * width + d]! += x[row * width + d]!;
  }
}
