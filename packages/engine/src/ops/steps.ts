import * as tf from '@tensorflow/tfjs';

/**
 * What each step has.
 *
 * Time comes to the front, as tfjs's cpu cuts along the first axis several times as fast as along another; then it is cut in halves again and again, as
 * wasm copies all there is for each piece that it cuts off.
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

/** What all steps have, in order. @shape `[batch, dim]` each → `[batch, time, dim]` */
export function stackSteps(steps: readonly tf.Tensor2D[]): tf.Tensor3D {
  return tf.stack([...steps], 1) as tf.Tensor3D;
}

/** States that each step starts from: the given one, then those after each step but the last. */
export function shiftStates(start: tf.Tensor2D, states: tf.Tensor3D): tf.Tensor3D {
  const [batch, time, dim] = states.shape;
  return tf.concat([tf.expandDims<tf.Tensor3D>(start, 1), tf.slice(states, [0, 0, 0], [batch, time - 1, dim])], 1);
}

/** What the input says of each step, all steps in one product. */
export interface Projection {
  /** `[batch, time, inputDim]` */
  readonly input: tf.Tensor3D;
  /** `[inputDim, dim]` */
  readonly weight: tf.Tensor2D;
  /** `[dim]` */
  readonly bias: tf.Tensor1D;
}

/** input · weight + bias. @shape `[batch, time, dim]` */
export function project({ input, weight, bias }: Projection): tf.Tensor3D {
  const [batch, time] = input.shape;
  return tf.reshape(tf.fused.matMul({ a: flattenSteps(input), b: weight, bias }), [batch, time, weight.shape[1]]);
}

/** Gradients of what `project` reads, by the slopes of what it returns. */
export function differentiateProjection(
  { input, weight }: Projection,
  slopes: tf.Tensor3D,
): [tf.Tensor3D, tf.Tensor2D, tf.Tensor1D] {
  const ofInput = tf.reshape<tf.Rank.R3>(tf.matMul(flattenSteps(slopes), weight, false, true), input.shape);
  return [ofInput, computeWeightGradient(input, slopes), computeBiasGradient(slopes)];
}

/** The gradient of a weight that every step multiplies its input by, in one product. @shape inputs `[batch, time, a]`, slopes `[batch, time, b]` → `[a, b]` */
export function computeWeightGradient(inputs: tf.Tensor3D, slopes: tf.Tensor3D): tf.Tensor2D {
  return tf.matMul(flattenSteps(inputs), flattenSteps(slopes), true);
}

/** The gradient of a bias that every step adds. @shape `[batch, time, dim]` → `[dim]` */
export function computeBiasGradient(slopes: tf.Tensor3D): tf.Tensor1D {
  return tf.sum(flattenSteps(slopes), 0);
}

/** The mask as numbers beside a vector. @shape `[batch, time]` → `[batch, time, 1]` */
export function expandMask(mask: tf.Tensor2D): tf.Tensor3D {
  return tf.expandDims<tf.Tensor3D>(mask, 2);
}

/** `after` where a step counts and `before` where it is skipped; exactly one of the two. */
export function selectByMask<T extends tf.Tensor>(real: tf.Tensor | undefined, after: T, before: T): T {
  return real ? tf.add<T>(tf.mul(real, after), tf.mul(tf.sub(1, real), before)) : after;
}

/** σ′ by what σ came to. */
export function differentiateSigmoid(activation: tf.Tensor): tf.Tensor {
  return tf.mul(activation, tf.sub(1, activation));
}

/** tanh′ by what tanh came to. */
export function differentiateTanh(activation: tf.Tensor): tf.Tensor {
  return tf.sub(1, tf.square(activation));
}

/** The mask may be booleans; steps are multiplied by it. */
export function castMask<Inputs extends { readonly mask?: tf.Tensor2D }>(inputs: Inputs): Inputs {
  return inputs.mask ? { ...inputs, mask: tf.cast(inputs.mask, 'float32') } : inputs;
}

function flattenSteps(x: tf.Tensor3D): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape[2]]);
}
