import type { Described } from '@footlight/core';
import type * as tf from '@tensorflow/tfjs';
import type { Gradient } from '../value-and-gradients.js';

/** Numbers with a shape, outside of any backend. */
export interface SlotState {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Float64Array;
}

export interface ApplyOptions {
  /** Factor on the learning rate at this step. Default 1. */
  readonly factor?: number;
}

/** What an optimizer remembers, for fused steps that do its work. */
export interface OptimizerMemory {
  /** Steps done. */
  steps: number;
  /** The arrays that belong to a parameter of this size, in the order of the rule; made if they are not there. */
  slots(path: string, size: number): Float32Array[];
}

/** Changes parameters along their gradients. What it remembers is keyed by the path of the parameter. */
export interface Optimizer extends Described {
  /** One step. Parameters without a gradient stay as they are. The gradients are used up: their arrays serve as scratch. */
  apply(
    parameters: ReadonlyMap<string, tf.Variable>,
    gradients: ReadonlyMap<string, Gradient>,
    options?: ApplyOptions,
  ): void;
  /** All it remembers: the number of steps and the moments. The arrays are its own; copy what is to be kept. */
  state(): Map<string, SlotState>;
  /** Present if fused steps may do its work by its `protocol`. */
  readonly memory?: OptimizerMemory;
  /** Goes on from a state. */
  restore(state: ReadonlyMap<string, SlotState>): void;
}

/**
 * Which rows of a table a step changes.
 *
 * - `lazy`: those that have a gradient. Fast for large tables; moments and decay of the others stand still.
 * - `dense`: all, as the optimizers of the original experiments do: moments fade and decay acts on every row at every step.
 */
export type Rows = 'lazy' | 'dense';
