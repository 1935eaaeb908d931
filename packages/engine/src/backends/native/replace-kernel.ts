import { tf } from '../../tfjs/tfjs.js';
import type { NativeBackend } from './native-backend.js';

export interface KernelCall {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly backend: NativeBackend;
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** Returns `undefined` for types or shapes that it does not support; the kernel of tfjs runs then. */
export type Kernel = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[] | undefined;

/**
 * Replaces a kernel that was copied from the cpu backend. The copied kernel still runs where the new one returns
 * `undefined`.
 */
export function replaceKernel(kernelName: string, kernel: Kernel): void {
  const copied = tf.getKernel(kernelName, 'native');
  if (!copied) throw new Error(`tfjs has no kernel ${kernelName}`);
  tf.unregisterKernel(kernelName, 'native');
  tf.registerKernel({
    ...copied,
    kernelFunc: (call) => kernel(call as unknown as KernelCall) ?? copied.kernelFunc(call),
  });
}

export function countEntries({ shape }: tf.TensorInfo): number {
  return tf.util.sizeFromShape(shape);
}
