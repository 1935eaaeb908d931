import { tf } from '../tfjs/tfjs.js';

/**
 * Splits a sequence into its steps.
 *
 * Time becomes the first axis: a step is then one piece of memory, which tfjs's cpu backend splits off at once. Then
 * the sequence is halved recursively, because wasm copies the whole tensor for each piece that it splits off.
 *
 * @shape `[batch, time, dim]` → `[batch, dim]` each
 */
export function splitSteps(x: tf.Tensor3D): tf.Tensor2D[] {
  return tf.tidy(() => splitInHalves(tf.transpose(x, [1, 0, 2])));
}

function splitInHalves(x: tf.Tensor3D): tf.Tensor2D[] {
  const [time, batch, dim] = x.shape;
  if (time === 1) return [tf.reshape(x, [batch, dim])];
  const half = Math.floor(time / 2);
  return (tf.split(x, [half, time - half]) as tf.Tensor3D[]).flatMap(splitInHalves);
}

/** Stacks steps into a sequence. @shape `[batch, dim]` each → `[batch, time, dim]` */
export function stackSteps(steps: readonly tf.Tensor2D[]): tf.Tensor3D {
  return tf.stack([...steps], 1) as tf.Tensor3D;
}

/** Shifts states by one step: the state before each step, of which the first is `start`. */
export function shiftStates(start: tf.Tensor2D, states: tf.Tensor3D): tf.Tensor3D {
  const [batch, time, dim] = states.shape;
  return tf.concat([tf.expandDims<tf.Tensor3D>(start, 1), tf.slice(states, [0, 0, 0], [batch, time - 1, dim])], 1);
}

/** A linear layer on the input of each step. */
export interface Projection {
  /** `[batch, time, inputDim]` */
  readonly input: tf.Tensor3D;
  /** `[inputDim, dim]` */
  readonly weight: tf.Tensor2D;
  /** `[dim]` */
  readonly bias: tf.Tensor1D;
}

/** Computes input · weight + bias of all steps in one product. @shape → `[batch, time, dim]` */
export function project({ input, weight, bias }: Projection): tf.Tensor3D {
  const [batch, time] = input.shape;
  return tf.reshape(tf.fused.matMul({ a: flattenSteps(input), b: weight, bias }), [batch, time, weight.shape[1]]);
}

/** Computes the gradients of `project` with respect to input, weight and bias, given those of its output. */
export function differentiateProjection(
  { input, weight }: Projection,
  gradients: tf.Tensor3D,
): [input: tf.Tensor3D, weight: tf.Tensor2D, bias: tf.Tensor1D] {
  const inputGradient = tf.reshape<tf.Rank.R3>(tf.matMul(flattenSteps(gradients), weight, false, true), input.shape);
  return [inputGradient, computeWeightGradient(input, gradients), computeBiasGradient(gradients)];
}

/**
 * Computes the gradient of a weight that multiplies the input of every step, in one product.
 *
 * @shape inputs `[batch, time, a]`, gradients `[batch, time, b]` → `[a, b]`
 */
export function computeWeightGradient(inputs: tf.Tensor3D, gradients: tf.Tensor3D): tf.Tensor2D {
  return tf.matMul(flattenSteps(inputs), flattenSteps(gradients), true);
}

/** Computes the gradient of a bias that is added at every step. @shape `[batch, time, dim]` → `[dim]` */
export function computeBiasGradient(gradients: tf.Tensor3D): tf.Tensor1D {
  return tf.sum(flattenSteps(gradients), 0);
}

/** Gives the mask an axis to broadcast along. @shape `[batch, time]` → `[batch, time, 1]` */
export function expandMask(mask: tf.Tensor2D): tf.Tensor3D {
  return tf.expandDims<tf.Tensor3D>(mask, 2);
}

/** Selects `after` where the mask is 1 and `before` where it is 0, both without rounding. */
export function selectByMask<T extends tf.Tensor>(mask: tf.Tensor | undefined, after: T, before: T): T {
  return mask ? tf.add<T>(tf.mul(mask, after), tf.mul(tf.sub(1, mask), before)) : after;
}

/** The derivative of the sigmoid, given its output. */
export function differentiateSigmoid(output: tf.Tensor): tf.Tensor {
  return tf.mul(output, tf.sub(1, output));
}

/** The derivative of tanh, given its output. */
export function differentiateTanh(output: tf.Tensor): tf.Tensor {
  return tf.sub(1, tf.square(output));
}

/** Casts the mask, which may be boolean, to numbers. */
export function castMask<Inputs extends { readonly mask?: tf.Tensor2D }>(inputs: Inputs): Inputs {
  return inputs.mask ? { ...inputs, mask: tf.cast(inputs.mask, 'float32') } : inputs;
}

function flattenSteps(x: tf.Tensor3D): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape[2]]);
}
