export type TracedValues = Float32Array | Int32Array | Uint8Array;

/** A tensor of a trace. */
export interface TracedTensor {
  /** Number of the tensor in its trace. */
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  /** Present if the tensor does not depend on the inputs. They belong to the model and must not be changed. */
  readonly values?: TracedValues;
}

/** A kernel of TensorFlow.js that was run. */
export interface TracedKernel {
  /** Name of the kernel, e.g. `BatchMatMul`. */
  readonly name: string;
  /** By name; those of a list (`Concat`) by their number. */
  readonly inputs: Readonly<Record<string, TracedTensor>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: readonly TracedTensor[];
}

/** The kernels of a computation that depend on its inputs, in order. */
export interface KernelTrace {
  readonly inputs: Readonly<Record<string, TracedTensor>>;
  readonly kernels: readonly TracedKernel[];
  readonly outputs: Readonly<Record<string, TracedTensor>>;
}
