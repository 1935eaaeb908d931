import { assertInteger, assertShape, invalid, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { drawVariable, type Initializer, normal, uniform } from './initializers.js';
import type { Parameters } from './types.js';

/** State of a recurrent layer at one step: one vector per sequence, or two for layers with a cell state. */
export interface RecurrentState {
  /** `[batch, dim]` */
  readonly hidden: tf.Tensor2D;
  /** `[batch, dim]`; present for layers with a cell state. */
  readonly cell?: tf.Tensor2D;
}

/**
 * States of a recurrent layer after each step.
 *
 * This is a type and not an interface, because `tf.tidy` accepts only types with an implicit index signature.
 */
export type RecurrentStates = {
  /** `[batch, time, dim]` */
  readonly hidden: tf.Tensor3D;
  /** `[batch, time, dim]`; present for layers with a cell state. */
  readonly cell?: tf.Tensor3D;
};

/** Options of `apply` and `states` of a recurrent layer. */
export interface RecurrentApplyOptions {
  /** `[batch, time]`: 1 for a real step, 0 for a step that is skipped and leaves the state as it is. Default all 1. */
  readonly mask?: tf.Tensor2D;
  /** State before the first step. Default `start(batch)`. */
  readonly state?: RecurrentState;
}

/** A layer that reads a sequence step by step and keeps a state. */
export interface Recurrent {
  /** Learned variables. */
  readonly parameters: Parameters;
  /** Length of a state. */
  readonly dim: number;
  /** Returns the state before the first step. @shape `[batch, dim]` */
  start(batch: number): RecurrentState;
  /** Returns the states after each step. @shape input `[batch, time, inputDim]` → states `[batch, time, dim]` */
  apply(input: tf.Tensor3D, options?: RecurrentApplyOptions): RecurrentStates;
  /**
   * Returns one kind of states only, which takes less time than `apply`, forward and backward.
   *
   * @shape input `[batch, time, inputDim]` → `[batch, time, dim]`
   */
  states(only: 'hidden', input: tf.Tensor3D, options?: RecurrentApplyOptions): tf.Tensor3D;
}

/** A recurrent layer with a cell state beside the hidden state. */
export interface RecurrentWithCell extends Recurrent {
  start(batch: number): Required<RecurrentState>;
  apply(input: tf.Tensor3D, options?: RecurrentApplyOptions): Required<RecurrentStates>;
  states(only: keyof RecurrentStates, input: tf.Tensor3D, options?: RecurrentApplyOptions): tf.Tensor3D;
}

/** Options of `lstm`, `mLstm` and `gru`. */
export interface RecurrentOptions {
  /** Length of an input vector. */
  readonly inputDim: number;
  /** Length of a state. */
  readonly dim: number;
  /** Source of the first values of the parameters. */
  readonly rng: Rng;
  /**
   * State before the first step: `'zero'`, or `'learned'`, one vector that all sequences share, used as hidden state
   * and as cell state. Default `'zero'`.
   */
  readonly start?: 'zero' | 'learned';
}

/** A weight and a bias with first values within ±1/√dim, as in PyTorch's recurrent layers. */
export interface Projection {
  /** `[input, output]` */
  readonly weight: tf.Variable<tf.Rank.R2>;
  /** `[output]` */
  readonly bias: tf.Variable<tf.Rank.R1>;
  readonly [name: string]: tf.Variable;
}

/** Uniform initializer within ±1/√dim, for all parameters of a recurrent layer with states of length `dim`. */
export function uniformWithin(dim: number): Initializer {
  return uniform({ low: -1 / Math.sqrt(dim), high: 1 / Math.sqrt(dim) });
}

/** Creates the weight `[input, output]` of this shape and its bias; `dim` bounds the first values. */
export function createProjection(shape: [number, number], dim: number, rng: Rng): Projection {
  return {
    weight: drawVariable<tf.Rank.R2>(shape, uniformWithin(dim), rng.fork('weight')),
    bias: drawVariable<tf.Rank.R1>([shape[1]], uniformWithin(dim), rng.fork('bias')),
  };
}

/**
 * Checks the sizes and creates the learned start of `RecurrentOptions.start`, if there is one.
 *
 * The start is drawn from N(0, 1/dim²), so that scores computed from it start near 0.
 */
export function createStartParameters(
  where: string,
  { inputDim, dim, rng, start = 'zero' }: RecurrentOptions,
): { start?: tf.Variable<tf.Rank.R1> } {
  assertInteger(`${where}(inputDim)`, inputDim);
  assertInteger(`${where}(dim)`, dim);
  return start === 'learned'
    ? { start: drawVariable<tf.Rank.R1>([dim], normal({ deviation: 1 / dim }), rng.fork('start')) }
    : {};
}

/** Repeats the first state for every sequence. @shape `[dim]` → `[batch, dim]` */
export function expandStart(start: tf.Tensor1D | undefined, batch: number, dim: number): tf.Tensor2D {
  return tf.tidy(() => {
    const zeros = tf.zeros<tf.Rank.R2>([batch, dim]);
    return start ? tf.add(zeros, start) : zeros; // add, not tile: the gradient of tile in tfjs is a loop over slices
  });
}

/** Checks the shape of an input and returns its sizes. */
export function assertInput(where: string, input: tf.Tensor3D, inputDim: number): { batch: number; time: number } {
  const { batch, time } = assertShape(`${where}(input)`, input, ['batch', 'time', 'inputDim'], { inputDim });
  return { batch, time };
}

/** Returns the cell state, or throws if the state has none. */
export function requireCell(where: string, state: RecurrentState): tf.Tensor2D {
  return state.cell ?? invalid(`${where}(state)`, 'a hidden and a cell state', 'a hidden state only');
}
