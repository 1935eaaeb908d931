import type { Kernels } from '@footlight/native';
import * as tf from '@tensorflow/tfjs';
import { type NativeBackend, readFloats } from './native-backend.js';

/** Registers what `unfoldSteps` and its gradient run on the backend `native`. */
export function registerUnfolding(kernels: Kernels): void {
  register('UnfoldSteps', kernels.unfoldSteps, { into: (dim, width) => dim * width, each: (dim) => dim });
  register('FoldSteps', kernels.foldSteps, { into: (all, width) => all / width, each: (all, width) => all / width });
}

/** `into` is the last axis of what comes out, `each` the numbers of one step; both by the last axis of what goes in and the width. */
function register(
  kernelName: string,
  run: Kernels['unfoldSteps'],
  { into, each }: Readonly<Record<'into' | 'each', (last: number, width: number) => number>>,
): void {
  tf.registerKernel({
    kernelName,
    backendName: 'native',
    kernelFunc(call) {
      const backend = call.backend as NativeBackend;
      const x = call.inputs.x as tf.TensorInfo;
      const { width, dilation } = call.attrs as unknown as { width: number; dilation: number };
      const [batch, time, last] = x.shape as [number, number, number];
      const shape = [batch, time, into(last, width)];
      const out = backend.arrays.allocate(tf.util.sizeFromShape(shape));
      const values =
        readFloats(backend, x) ?? Float32Array.from(backend.data.get(x.dataId).values as Int32Array | Uint8Array);
      run(values, out, batch, time, each(last, width), width, dilation);
      return backend.adopt(out, shape, 'float32');
    },
  });
}
