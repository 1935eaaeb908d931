import type { Kernels } from '@footlight/kernels';
import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import { convertToFloats, type KernelsBackend } from './kernels-backend.js';

/** Registers the kernels of `unfoldSteps` and its gradient. */
export function registerUnfolding({ name, kernels }: Build): void {
  register(name, 'UnfoldSteps', kernels.unfoldSteps, { into: (dim, width) => dim * width, each: (dim) => dim });
  register(name, 'FoldSteps', kernels.foldSteps, {
    into: (all, width) => all / width,
    each: (all, width) => all / width,
  });
}

/**
 * `into` computes the size of the output's last axis and `each` the numbers per step, both from the size of the input's
 * last axis and the width.
 */
function register(
  backendName: string,
  kernelName: string,
  run: Kernels['unfoldSteps'],
  { into, each }: Readonly<Record<'into' | 'each', (last: number, width: number) => number>>,
): void {
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc(call) {
      const backend = call.backend as KernelsBackend;
      const x = call.inputs.x as tf.TensorInfo;
      const { width, dilation } = call.attrs as unknown as { width: number; dilation: number };
      const [batch, time, last] = x.shape as [number, number, number];
      const shape = [batch, time, into(last, width)];
      const out = backend.arrays.allocate(tf.util.sizeFromShape(shape));
      run({ x: convertToFloats(backend, x), out, batch, time, dim: each(last, width), width, dilation });
      return backend.adopt(out, shape, 'float32');
    },
  });
}
