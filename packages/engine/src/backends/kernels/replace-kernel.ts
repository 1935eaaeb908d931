import { tf } from '../../tfjs/tfjs.js';
import type { Build } from './build.js';
import type { KernelsBackend } from './kernels-backend.js';

export interface KernelCall {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly backend: KernelsBackend;
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** Returns `undefined` for types or shapes that it does not support; the kernel of tfjs runs then. */
export type Kernel = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[] | undefined;

/**
 * Replaces a kernel that was copied from the cpu backend. The copied kernel still runs where the new one returns
 * `undefined`.
 */
export function replaceKernel({ name }: Build, kernelName: string, kernel: Kernel): void {
  const copied = tf.getKernel(kernelName, name);
  if (!copied) throw new Error(`tfjs has no kernel ${kernelName}`);
  tf.unregisterKernel(kernelName, name);
  tf.registerKernel({
    ...copied,
    kernelFunc: (call) => kernel(call as unknown as KernelCall) ?? copied.kernelFunc(call),
  });
}

export function countEntries({ shape }: tf.TensorInfo): number {
  return tf.util.sizeFromShape(shape);
}
