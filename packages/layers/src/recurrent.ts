import { assertInteger, assertShape, invalid, type Rng } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { drawVariable, type Initializer, normal, uniform } from './initializers.js';
import type { Parameters } from './types.js';

/** What a recurrent layer knows of each sequence after some steps. */
export interface State {
  /** `[batch, dim]` */
  readonly hidden: tf.Tensor2D;
  /** `[batch, dim]`; of layers that have one. */
  readonly cell?: tf.Tensor2D;
}

/** States after each step. A type, not an interface, so that `tf.tidy` takes it for tensors under names. */
export type States = {
  /** `[batch, time, dim]` */
  readonly hidden: tf.Tensor3D;
  /** `[batch, time, dim]`; of layers that have one. */
  readonly cell?: tf.Tensor3D;
};

export interface RecurrentApplyOptions {
  /** 1 where there is something, 0 where a step is skipped and the state stays: `[batch, time]`. Default all 1. */
  readonly mask?: tf.Tensor2D;
  /** Go on from here. Default `start(batch)`. */
  readonly state?: State;
}

/** A layer that reads a sequence step by step. */
export interface Recurrent {
  readonly parameters: Parameters;
  /** Length of a state. */
  readonly dim: number;
  /** The state before the first step. */
  start(batch: number): State;
  /** @shape input `[batch, time, inputDim]` → states `[batch, time, dim]` */
  apply(input: tf.Tensor3D, options?: RecurrentApplyOptions): States;
  /** The states of one kind alone, which cost less, forward and backward. @shape as `apply` */
  states(only: 'hidden', input: tf.Tensor3D, options?: RecurrentApplyOptions): tf.Tensor3D;
}

/** A recurrent layer that has a cell state beside the hidden one. */
export interface RecurrentWithCell extends Recurrent {
  start(batch: number): Required<State>;
  apply(input: tf.Tensor3D, options?: RecurrentApplyOptions): Required<States>;
  states(only: keyof States, input: tf.Tensor3D, options?: RecurrentApplyOptions): tf.Tensor3D;
}

export interface RecurrentOptions {
  /** Length of a vector that goes in. */
  readonly inputDim: number;
  /** Length of a state. */
  readonly dim: number;
  readonly rng: Rng;
  /** State before the first step: zeros, or one learned vector for all sequences, hidden and cell state alike. Default `'zero'`. */
  readonly start?: 'zero' | 'learned';
}

/** A weight and a bias of their own, all within ±1/√dim, as PyTorch's recurrent layers. */
export interface Projection {
  readonly weight: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
  readonly [name: string]: tf.Variable;
}

/** First values of whatever a state of this length meets. */
export function within(dim: number): Initializer {
  return uniform({ low: -1 / Math.sqrt(dim), high: 1 / Math.sqrt(dim) });
}

/** @param dim the state's length, which bounds the first values; `shape` is the weight's */
export function projection(shape: [number, number], dim: number, rng: Rng): Projection {
  return {
    weight: drawVariable<tf.Rank.R2>(shape, within(dim), rng.fork('weight')),
    bias: drawVariable<tf.Rank.R1>([shape[1]], within(dim), rng.fork('bias')),
  };
}

/** The learned start of `RecurrentOptions.start`, if any: N(0, 1/dim²), so that what is scored with it starts small. */
export function startParameters(
  where: string,
  { inputDim, dim, rng, start = 'zero' }: RecurrentOptions,
): { start?: tf.Variable<tf.Rank.R1> } {
  assertInteger(`${where}(inputDim)`, inputDim);
  assertInteger(`${where}(dim)`, dim);
  return start === 'learned'
    ? { start: drawVariable<tf.Rank.R1>([dim], normal({ deviation: 1 / dim }), rng.fork('start')) }
    : {};
}

/** The same first state for every sequence. @shape `[dim]` → `[batch, dim]` */
export function startOf(start: tf.Tensor1D | undefined, batch: number, dim: number): tf.Tensor2D {
  return tf.tidy(() => {
    const zeros = tf.zeros<tf.Rank.R2>([batch, dim]);
    return start ? tf.add(zeros, start) : zeros; // tfjs's gradient of tile adds up slice by slice
  });
}

/** Checks an input; returns its sizes. */
export function assertInput(where: string, input: tf.Tensor3D, inputDim: number): { batch: number; time: number } {
  const { batch, time } = assertShape(`${where}(input)`, input, ['batch', 'time', 'inputDim'], { inputDim });
  return { batch, time };
}

/** The cell state to go on from. */
export function cellOf(where: string, state: State): tf.Tensor2D {
  return state.cell ?? invalid(`${where}(state)`, 'a hidden and a cell state', 'a hidden one only');
}
