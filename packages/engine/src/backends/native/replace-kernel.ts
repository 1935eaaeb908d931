import * as tf from '@tensorflow/tfjs';
import type { NativeBackend } from './native-backend.js';

export interface KernelCall {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly backend: NativeBackend;
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** Returns nothing where it does not know the types or shapes: tfjs's own kernel then does the work. */
export type Kernel = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[] | undefined;

/** Puts a kernel in front of the one that was copied from the cpu backend. */
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
