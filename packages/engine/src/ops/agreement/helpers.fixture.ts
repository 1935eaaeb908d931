import type { Rng } from '@footlight/core';
import { drawFloats, type Given } from '../../backends/kernels/agreement/agreement.fixture.js';
import { addRows } from '../../gradient.js';
import { tf } from '../../tfjs/tfjs.js';
import { valueAndGradients } from '../../value-and-gradients.js';

/** Draws a size, most often below 8. */
export const drawSize = (rng: Rng, most = 40): number => 1 + rng.integer(rng.next() < 0.2 ? most : 7);
/** Draws a float tensor without special values. */
export const drawNumbers = (rng: Rng, ...shape: number[]): Given => drawFloats(rng, shape, 0);
export const pick = <T>(rng: Rng, all: readonly T[]): T => all[rng.integer(all.length)]!;

/** The output of a computation whose gradients were recorded; its tensor is disposed with the recording. */
interface Recorded {
  readonly values: tf.TypedArray;
  readonly shape: number[];
}

/**
 * Computes the output, the output while gradients are recorded, and the gradients with respect to the first `count`
 * inputs; the others are constant. Outputs are compared number by number: their sum may cancel and lose its digits.
 */
export function differentiate(
  count: number,
  compute: (tensors: tf.Tensor[]) => tf.Tensor,
): (tensors: tf.Tensor[]) => tf.Tensor[] {
  return (tensors) => {
    const constant = tensors.slice(count);
    let recorded: Recorded;
    const { grads } = tf.valueAndGrads((...own: tf.Tensor[]) => {
      const output = compute([...own, ...constant]);
      recorded = { values: output.dataSync(), shape: output.shape };
      return weigh(output);
    })(tensors.slice(0, count));
    return [compute(tensors), tf.tensor(recorded!.values, recorded!.shape), ...grads];
  };
}

/** The same for operations on tables, of which there are `count`. Gradients of rows are converted to dense ones. */
export function differentiateTables(
  count: number,
  compute: (tables: tf.Variable[], rest: tf.Tensor[]) => tf.Tensor,
): (tensors: tf.Tensor[]) => tf.Tensor[] {
  return (tensors) => {
    const tables = tensors.slice(0, count).map((tensor) => tf.variable(tensor));
    const rest = tensors.slice(count).map((tensor) => (tensor.dtype === 'float32' ? tf.variable(tensor) : tensor));
    const named = new Map(
      [...tables, ...rest].flatMap((one, at) => (one instanceof tf.Variable ? [[`${at}`, one] as const] : [])),
    );
    let recorded: Recorded;
    const { gradients } = valueAndGradients(() => {
      const output = compute(tables, rest);
      recorded = { values: output.dataSync(), shape: output.shape };
      return weigh(output);
    }, named);
    const dense = [...named].map(([path, { shape, size }]) => {
      const gradient = gradients.get(path);
      const values = gradient?.kind === 'dense' ? gradient.values : new Float32Array(size);
      if (gradient?.kind === 'rows') addRows(values, gradient, shape[1]!);
      return tf.tensor(values, shape);
    });
    const result = tf.keep(tf.clone(compute(tables, rest)));
    tf.dispose([...tables, ...rest]);
    return [result, tf.tensor(recorded!.values, recorded!.shape), ...dense];
  };
}

/** Sums all numbers, each with a weight of its own. */
function weigh(y: tf.Tensor): tf.Scalar {
  return tf.sum(tf.mul(tf.reshape(y, [-1]), tf.cos(tf.range(1, y.size + 1)))) as tf.Scalar;
}
