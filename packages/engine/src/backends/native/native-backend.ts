import * as tf from '@tensorflow/tfjs';
import { ArrayPool } from './array-pool.js';

type Values = Float32Array | Int32Array | Uint8Array;

interface Entry {
  readonly values?: unknown;
}

/** What tfjs's own cpu backend has beyond the interface of all backends. */
export interface CpuBackend extends tf.KernelBackend {
  firstUse: boolean;
  readonly data: { has(id: object): boolean; get(id: object): Entry };
  write(values: Values, shape: number[], dtype: tf.DataType): object;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: Values): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

/** The cpu backend, with arrays that are used again. */
export interface NativeBackend extends CpuBackend {
  readonly arrays: ArrayPool;
  /** A tensor of an array that came from `arrays`, or was made for it. */
  adopt(values: Values, shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
  /** Disposes of a tensor that nothing else reads, but not of its array, which is the caller's until it is given to `arrays`. */
  takeOver(tensor: tf.Tensor): Float32Array | undefined;
}

/**
 * Makes the backend out of tfjs's cpu backend, whose class is only to be had from one of its objects.
 *
 * An array goes back into the pool when its tensor is disposed, unless others may still read it: it was returned by `dataSync` and the like, or another
 * tensor was made of it (tfjs's slices share memory).
 */
export function createNativeBackend(cpu: CpuBackend): NativeBackend {
  const Cpu = cpu.constructor as new () => CpuBackend;
  class Native extends Cpu implements NativeBackend {
    readonly arrays: ArrayPool = new ArrayPool();
    #spared: unknown;

    adopt(values: Values, shape: readonly number[], dtype: tf.DataType): tf.TensorInfo {
      return { dataId: super.write(values, shape as number[], dtype), shape: shape as number[], dtype };
    }

    override write(values: Values, shape: number[], dtype: tf.DataType): object {
      this.arrays.disown(values);
      return super.write(values, shape, dtype);
    }

    override readSync(id: object): tf.backend_util.BackendValues {
      const values = super.readSync(id);
      this.arrays.disown(values);
      return values;
    }

    override move(
      id: object,
      values: tf.backend_util.BackendValues,
      shape: number[],
      dtype: tf.DataType,
      references: number,
    ): void {
      this.arrays.disown(values);
      super.move(id, values, shape, dtype, references);
    }

    override disposeData(id: object, force?: boolean): boolean {
      const values = this.data.has(id) ? this.data.get(id).values : undefined;
      const gone = super.disposeData(id, force);
      if (gone && values !== undefined && values !== this.#spared) this.arrays.recycle(values);
      return gone;
    }

    takeOver(tensor: tf.Tensor): Float32Array | undefined {
      const { values } = this.data.get(tensor.dataId);
      if (this.refCount(tensor.dataId) !== 1 || !this.arrays.owns(values) || values.length !== tensor.size)
        return undefined;
      this.#spared = values;
      tensor.dispose();
      this.#spared = undefined;
      return values;
    }
  }
  const backend = new Native();
  backend.firstUse = false; // else tfjs advertises tfjs-node on stderr
  return backend;
}

/** The numbers of a float tensor; `undefined` for other types. tfjs's casts from int32 and bool leave the array as it was: that is made good here. */
export function readFloats(backend: NativeBackend, { dataId, dtype }: tf.TensorInfo): Float32Array | undefined {
  if (dtype !== 'float32') return undefined;
  const { values } = backend.data.get(dataId);
  if (values instanceof Float32Array) return values;
  return values instanceof Int32Array || values instanceof Uint8Array ? new Float32Array(values) : undefined;
}

/** The numbers of an int32 tensor that are kept as such. */
export function readInts(backend: NativeBackend, { dataId, dtype }: tf.TensorInfo): Int32Array | undefined {
  const { values } = backend.data.get(dataId);
  return dtype === 'int32' && values instanceof Int32Array ? values : undefined;
}

/** The numbers of a tensor, of whatever type the C++ kernels can move. */
export function readNumbers(backend: NativeBackend, tensor: tf.TensorInfo): Values | undefined {
  if (tensor.dtype === 'float32') return readFloats(backend, tensor);
  const { values } = backend.data.get(tensor.dataId);
  return (tensor.dtype === 'int32' && values instanceof Int32Array) ||
    (tensor.dtype === 'bool' && values instanceof Uint8Array)
    ? values
    : undefined;
}

/** An array for a result that is written in full. */
export function allocateLike(backend: NativeBackend, like: Values, length: number): Values {
  if (like instanceof Float32Array) return backend.arrays.allocate(length);
  return like instanceof Int32Array ? new Int32Array(length) : new Uint8Array(length);
}
