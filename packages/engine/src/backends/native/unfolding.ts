import type { Kernels } from '@footlight/kernels';
import { tf } from '../../tfjs/tfjs.js';
import { convertToFloats, type NativeBackend } from './native-backend.js';

/** Registers the kernels of `unfoldSteps` and its gradient. */
export function registerUnfolding(kernels: Kernels): void {
  register('UnfoldSteps', kernels.unfoldSteps, { into: (dim, width) => dim * width, each: (dim) => dim });
  register('FoldSteps', kernels.foldSteps, { into: (all, width) => all / width, each: (all, width) => all / width });
}

/**
 * `into` computes the size of the output's last axis and `each` the numbers per step, both from the size of the input's
 * last axis and the width.
 */
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
      run(convertToFloats(backend, x), out, batch, time, each(last, width), width, dilation);
      return backend.adopt(out, shape, 'float32');
    },
  });
}
