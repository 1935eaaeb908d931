import type { Described } from '@footlight/core';
import type { Gradient } from '../gradient.js';
import type { tf } from '../tfjs/tfjs.js';

/** Numbers with a shape, outside of any backend. */
export interface SlotState {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Float64Array;
}

export interface ApplyOptions {
  /** Factor of the learning rate at this step. Default 1. */
  readonly factor?: number;
}

/**
 * Rows of a table that a step updates.
 *
 * - `lazy`: rows that have a gradient. This is fast for large tables; the moments and the weight decay of the other
 * rows pause.
 * - `dense`: all rows, as in the optimizers of the original experiments: moments and weight decay act on every row at
 * every step.
 */
export type Rows = 'lazy' | 'dense';

/**
 * An optimizer as data: its `protocol`. This is the one list of the optimizers that kernels compute; types check it
 * against the kernels of `@footlight/kernels`.
 */
export type FusedOptimizer = { readonly learningRate: number; readonly rows: Rows } & (
  | {
      readonly name: 'sgd';
      readonly momentum: number;
      readonly l2: number;
      readonly faithful?: 'never-clears-gradients';
    }
  | { readonly name: 'adagrad'; readonly epsilon: number; readonly l2: number }
  | {
      readonly name: 'adam';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly l2: number;
    }
  | {
      readonly name: 'adam-w';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly decay: number;
    }
);

/** The state of an optimizer, for fused steps that update parameters in its place. */
export interface OptimizerMemory {
  readonly optimizer: FusedOptimizer;
  /** Number of completed steps. */
  steps: number;
  /** Returns the arrays of a parameter of this size, in the order of the rule. Creates them if they do not exist. */
  slots(path: string, size: number): Float32Array[];
}

/** Updates parameters by their gradients. Its state is keyed by the path of the parameter. */
export interface Optimizer extends Described {
  /** Does one step. Parameters without a gradient do not change. The arrays of the gradients are overwritten. */
  apply(
    parameters: ReadonlyMap<string, tf.Variable>,
    gradients: ReadonlyMap<string, Gradient>,
    options?: ApplyOptions,
  ): void;
  /**
   * Returns the whole state: the number of steps and the moments. The arrays belong to the optimizer; copy them to keep
   * them.
   */
  state(): Map<string, SlotState>;
  /** Present if fused steps may update parameters in place of this optimizer. */
  readonly memory?: OptimizerMemory;
  /**
   * Moves the state from a device, such as a GPU, or from the memory of WebAssembly to that of JavaScript, so that
   * nothing of it is left there. The next step moves it back. Does nothing on backends that compute in the memory of
   * JavaScript.
   */
  unload?(): void;
  /** Replaces the state. */
  restore(state: ReadonlyMap<string, SlotState>): void;
}
