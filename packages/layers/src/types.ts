import type { Rng } from '@footlight/core';
import type * as tf from '@tensorflow/tfjs';

/** Learned numbers under names; the path of names (`user/weight`) is what optimizers and checkpoints know them by. */
export interface Parameters {
  readonly [name: string]: tf.Variable | Parameters;
}

/** Present while training; absent when predicting. */
export interface Training {
  /** Drawn from at every step, so that dropout has its own mask each time. */
  readonly rng: Rng;
}

/** Tensors to tensors. Parameters are created by the factory; `apply` has no other state. */
export interface Layer {
  readonly parameters: Parameters;
  apply(input: tf.Tensor, training?: Training): tf.Tensor;
}
