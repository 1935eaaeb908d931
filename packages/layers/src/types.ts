import type { Rng } from '@footlight/core';
import type { tf } from '@footlight/engine';

/**
 * Learned variables in a tree of names. Optimizers and checkpoints identify a variable by its path, e.g. `user/weight`.
 */
export interface Parameters {
  readonly [name: string]: tf.Variable | Parameters;
}

/** Passed to `apply` during training and left out for predictions. */
export interface Training {
  /** Source of random numbers. Each step draws from it, so that dropout has a new mask each time. */
  readonly rng: Rng;
  /** The pass over the training data, from 0, for layers and models that change from epoch to epoch. Default 0. */
  readonly epoch?: number;
  /**
   * Whether the loss depends on differences of the scores of a query only. A model then leaves out what all items of a
   * query share, such as the bias of the user: its gradient is zero, but rounding would give it one, of which Adam
   * makes a full step. Default false.
   */
  readonly comparesScores?: boolean;
  /**
   * Adds the mean of a penalty to the loss of the step, times the weight of the trainer: for what depends on the
   * candidates, such as the length of their vectors. Without it, nothing is added.
   *
   * @shape penalty `[query]`
   */
  addPenalty?(penalty: tf.Tensor1D): void;
}

/**
 * A function from tensors to tensors with learned parameters. The factory creates the parameters; there is no other
 * state.
 */
export interface Layer {
  /** Learned variables. */
  readonly parameters: Parameters;
  /** Computes the output. Random operations such as dropout run only if `training` is given. */
  apply(input: tf.Tensor, training?: Training): tf.Tensor;
}
