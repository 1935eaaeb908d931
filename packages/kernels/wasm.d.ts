import type { Kernels } from './index.js';

export interface WasmOptions {
  /**
   * Number of threads, the calling one included. Default: `FOOTLIGHT_THREADS`, otherwise the number of processors; 1
   * where memory cannot be shared: in pages that are not cross-origin isolated.
   */
  readonly threads?: number;
  /** Most bytes that tensors and tables may take. Default and maximum: almost 4 GiB. */
  readonly limitBytes?: number;
  /**
   * Whether matrix products may use the fused multiply-add of relaxed SIMD: they are faster, and differ in the last
   * digits between machines. It has no effect where relaxed SIMD is missing (Node before 22), and where memory cannot
   * be shared. Default false.
   */
  readonly relaxed?: boolean;
}

/** Memory that the kernels read without a copy. Its arrays are never detached. */
export interface KernelMemory {
  /** Allocates an array whose content is undefined. Throws a `RangeError` if it does not fit. */
  allocateFloats(length: number): Float32Array;
  /** Allocates an array whose content is undefined. Throws a `RangeError` if it does not fit. */
  allocateInts(length: number): Int32Array;
  /** Allocates an array whose content is undefined. Throws a `RangeError` if it does not fit. */
  allocateBytes(length: number): Uint8Array;
  /** Frees an array that one of the functions above returned; other arrays are ignored. */
  release(array: Float32Array | Int32Array | Uint8Array): void;
  /** Whether an array, or the array that it is a part of, lies in this memory. */
  owns(array: ArrayBufferView): boolean;
  readonly usedBytes: number;
  readonly limitBytes: number;
}

export interface WasmKernels {
  readonly kernels: Kernels;
  readonly memory: KernelMemory;
  /** Number of threads, the calling one included; 1 where workers cannot be started. */
  readonly threads: number;
  /** Whether matrix products use fused multiply-add. */
  readonly relaxed: boolean;
  readonly reason?: never;
}

/** Why the kernels cannot be used here. */
export interface MissingWasm {
  readonly kernels?: never;
  readonly memory?: never;
  readonly threads?: never;
  readonly relaxed?: never;
  readonly reason: string;
}

/**
 * Loads the kernels as WebAssembly, which requires neither a compiler nor a package for the platform. Each call creates
 * its own memory and threads. Throws a `RangeError` if an option is none.
 */
export function loadWasm(options?: WasmOptions): Promise<WasmKernels | MissingWasm>;

/** Explains in one line why `relaxed: true` has no effect here. Returns `undefined` if it has one. */
export function explainMissingRelaxed(): string | undefined;
