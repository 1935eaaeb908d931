import type { tf } from './tfjs/tfjs.js';

/** The derivative of a scalar with respect to every entry of a parameter. */
export interface DenseGradient {
  readonly kind: 'dense';
  /** In the parameter's shape. A gradient on a device is read from there when this is first accessed. */
  readonly values: Float32Array;
}

/**
 * The derivative of a scalar with respect to some rows of a table; the derivative with respect to all other rows is 0.
 *
 * A row may occur more than once. Its gradient is then the sum of its entries.
 */
export interface RowGradient {
  readonly kind: 'rows';
  /** `[row]` */
  readonly ids: Int32Array;
  /** `[row, dim]`. A gradient on a device is read from there when this is first accessed. */
  readonly values: Float32Array;
}

export type Gradient = DenseGradient | RowGradient;

/** The tensors of gradients that are on a device. */
const tensors = new WeakMap<Gradient, tf.Tensor>();

/** Creates a gradient that stays on the device until its values are accessed. It owns the tensor. */
export function createDeviceGradient(tensor: tf.Tensor): DenseGradient;
export function createDeviceGradient(tensor: tf.Tensor, ids: Int32Array): RowGradient;
export function createDeviceGradient(tensor: tf.Tensor, ids?: Int32Array): Gradient {
  let read: Float32Array | undefined;
  const gradient = {
    ...(ids ? { kind: 'rows', ids } : { kind: 'dense' }),
    get values() {
      read ??= tensor.dataSync().slice() as Float32Array; // a copy: backends keep what was read
      return read;
    },
  } as Gradient;
  tensors.set(gradient, tensor);
  return gradient;
}

/** Returns the tensor of a gradient that is on a device. */
export function findTensor(gradient: Gradient): tf.Tensor | undefined {
  return tensors.get(gradient);
}

/** Adds the rows of a gradient to a dense gradient of the same table. */
export function addRows(dense: Float32Array, { ids, values }: RowGradient, dim: number): void {
  for (let row = 0; row < ids.length; row++) {
    const to = ids[row]! * dim;
    const from = row * dim;
    for (let d = 0; d < dim; d++) dense[to + d]! += values[from + d]!;
  }
}
