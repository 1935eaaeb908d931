import { tf } from '../../tfjs/tfjs.js';
import type { ArrayPool } from './array-pool.js';

type Values = Float32Array | Int32Array | Uint8Array;

interface Entry {
  readonly values?: unknown;
}

/** Members of tfjs's cpu backend that the interface of all backends lacks. */
export interface CpuBackend extends tf.KernelBackend {
  firstUse: boolean;
  readonly data: { has(id: object): boolean; get(id: object): Entry };
  write(values: Values, shape: number[], dtype: tf.DataType): object;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: Values): tf.TensorInfo;
  disposeIntermediateTensorInfo(info: tf.TensorInfo): void;
}

/** The cpu backend of tfjs, whose arrays lie in the memory of a build of the kernels. */
export interface KernelsBackend extends CpuBackend {
  readonly arrays: ArrayPool;
  /** Makes a tensor of an array from `arrays`, or of an array that nothing else uses. */
  adopt(values: Values, shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
  /**
   * Disposes of a tensor and returns its array, which belongs to the caller until it is passed to `arrays.recycle`.
   * Returns `undefined`, and does nothing, if something else reads the array.
   */
  takeOver(tensor: tf.Tensor): Float32Array | undefined;
}

/**
 * Creates a backend whose tensors are arrays of a pool: a subclass of tfjs's cpu backend, whose class is reached
 * through an instance because tfjs does not export it.
 *
 * An array returns to the pool when its tensor is disposed, unless something else may still read it: `dataSync` and the
 * like returned it, or another tensor was made of it (tfjs's slices share memory). There, memory of WebAssembly is
 * copied.
 */
export function createKernelsBackend(cpu: CpuBackend, arrays: ArrayPool): KernelsBackend {
  const Cpu = cpu.constructor as new () => CpuBackend;
  class Backend extends Cpu implements KernelsBackend {
    readonly arrays: ArrayPool = arrays;
    #retained: unknown;

    adopt(values: Values, shape: readonly number[], dtype: tf.DataType): tf.TensorInfo {
      return { dataId: super.write(values, shape as number[], dtype), shape: shape as number[], dtype };
    }

    override write(values: Values, shape: number[], dtype: tf.DataType): object {
      return super.write(this.arrays.takeIn(values), shape, dtype);
    }

    override readSync(id: object): tf.backend_util.BackendValues {
      return this.arrays.takeOut(super.readSync(id));
    }

    override move(
      id: object,
      values: tf.backend_util.BackendValues,
      shape: number[],
      dtype: tf.DataType,
      references: number,
    ): void {
      super.move(id, this.arrays.takeIn(values as Values), shape, dtype, references);
    }

    override disposeData(id: object, force?: boolean): boolean {
      const values = this.data.has(id) ? this.data.get(id).values : undefined;
      const disposed = super.disposeData(id, force);
      if (disposed && values !== undefined && values !== this.#retained) this.arrays.recycle(values);
      return disposed;
    }

    takeOver(tensor: tf.Tensor): Float32Array | undefined {
      const { values } = this.data.get(tensor.dataId);
      if (this.refCount(tensor.dataId) !== 1 || !this.arrays.owns(values) || values.length !== tensor.size)
        return undefined;
      this.#retained = values;
      tensor.dispose();
      this.#retained = undefined;
      return values;
    }
  }
  const backend = new Backend();
  backend.firstUse = false; // else tfjs advertises tfjs-node on stderr
  return backend;
}

/**
 * Reads a float tensor; returns `undefined` for other types. Converts the array where a cast of tfjs from int32 or bool
 * has left it unconverted.
 */
export function readFloats(backend: KernelsBackend, { dataId, dtype }: tf.TensorInfo): Float32Array | undefined {
  if (dtype !== 'float32') return undefined;
  const { values } = backend.data.get(dataId);
  if (values instanceof Float32Array) return values;
  return values instanceof Int32Array || values instanceof Uint8Array ? new Float32Array(values) : undefined;
}

/** Reads a tensor of numbers of any type as floats. */
export function convertToFloats(backend: KernelsBackend, tensor: tf.TensorInfo): Float32Array {
  const { values } = backend.data.get(tensor.dataId);
  return readFloats(backend, tensor) ?? Float32Array.from(values as Int32Array | Uint8Array);
}

/** Reads an int32 tensor; returns `undefined` for other types. */
export function readInts(backend: KernelsBackend, { dataId, dtype }: tf.TensorInfo): Int32Array | undefined {
  const { values } = backend.data.get(dataId);
  return dtype === 'int32' && values instanceof Int32Array ? values : undefined;
}

/** Reads a tensor of a type that the C++ kernels can copy. */
export function readNumbers(backend: KernelsBackend, tensor: tf.TensorInfo): Values | undefined {
  if (tensor.dtype === 'float32') return readFloats(backend, tensor);
  const { values } = backend.data.get(tensor.dataId);
  return (tensor.dtype === 'int32' && values instanceof Int32Array) ||
    (tensor.dtype === 'bool' && values instanceof Uint8Array)
    ? values
    : undefined;
}

/** Allocates an array of the same type as `like`. Its content is undefined. */
export function allocateLike(backend: KernelsBackend, like: Values, length: number): Values {
  if (like instanceof Float32Array) return backend.arrays.allocate(length);
  return like instanceof Int32Array ? new Int32Array(length) : new Uint8Array(length);
}
