import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { numericGradient } from '../testing/numeric-gradient.js';
import { tf } from '../tfjs/tfjs.js';
import { useBackend } from '../use-backend.js';

const createWave = (length: number) => Float32Array.from({ length }, (_, at) => Math.sin(1.7 * (at + 1)));
const createConstant = (...shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, at) => Math.sin(at + 1)),
    shape,
  );
const createIds = () => tf.tensor1d([4, 0, 4, 2], 'int32');

/**
 * Operations that losses, layers and models use, as functions of x [3, 5]. All are differentiable at the tested point.
 */
const operations: Record<string, (x: tf.Tensor2D) => tf.Tensor> = {
  abs: tf.abs,
  'add along rows': (x) => tf.add(x, createConstant(1, 5)),
  'add along columns': (x) => tf.add(x, createConstant(3, 1)),
  clipByValue: (x) => tf.clipByValue(x, -0.6, 0.6),
  concat: (x) => tf.concat([x, createConstant(3, 2), x], 1),
  cumsum: (x) => tf.cumsum(x, 1),
  div: (x) => tf.div(createConstant(3, 5), tf.add(x, 2)),
  elu: tf.elu,
  exp: tf.exp,
  expandDims: (x) => tf.mul(tf.expandDims(x, 1), createConstant(3, 2, 5)),
  gather: (x) => tf.gather(tf.transpose(x), createIds()),
  'gather of columns': (x) => tf.gather(x, createIds(), 1),
  leakyRelu: tf.leakyRelu,
  log: (x) => tf.log(tf.add(x, 2)),
  log1p: (x) => tf.log1p(tf.square(x)),
  logSigmoid: tf.logSigmoid,
  logSoftmax: (x) => tf.logSoftmax(x),
  logSumExp: (x) => tf.logSumExp(x, 1),
  matMul: (x) => tf.matMul(x, createConstant(5, 2)),
  'matMul of a transposed': (x) => tf.matMul(x, createConstant(3, 2), true),
  'matMul with a transposed': (x) => tf.matMul(createConstant(2, 5), x, false, true),
  'matMul of two transposed': (x) => tf.matMul(createConstant(5, 7), x, true, true),
  'matMul of a batch': (x) => tf.matMul(tf.reshape(x, [3, 1, 5]), createConstant(3, 5, 2)),
  max: (x) => tf.max(x, 1),
  maximum: (x) => tf.maximum(x, createConstant(3, 5)),
  mean: (x) => tf.mean(x, 0),
  min: (x) => tf.min(x, 0),
  minimum: (x) => tf.minimum(x, createConstant(3, 5)),
  mul: (x) => tf.mul(x, createConstant(3, 5)),
  neg: tf.neg,
  norm: (x) => tf.norm(x, 2, 1),
  pad: (x) =>
    tf.pad(x, [
      [1, 0],
      [0, 2],
    ]),
  pow: (x) => tf.pow(tf.add(x, 2), 1.5),
  prod: (x) => tf.prod(x, 1),
  reciprocal: (x) => tf.reciprocal(tf.add(x, 2)),
  relu: tf.relu,
  reshape: (x) => tf.reshape(x, [5, 3]),
  reverse: (x) => tf.reverse(x, 1),
  rsqrt: (x) => tf.rsqrt(tf.add(x, 2)),
  sigmoid: tf.sigmoid,
  slice: (x) => tf.slice(x, [1, 2], [2, 2]),
  softmax: (x) => tf.softmax(x),
  softplus: tf.softplus,
  split: (x) => tf.mul(...(tf.split(x, [1, 4], 1) as [tf.Tensor, tf.Tensor])),
  sqrt: (x) => tf.sqrt(tf.add(x, 2)),
  square: tf.square,
  squaredDifference: (x) => tf.squaredDifference(x, createConstant(3, 5)),
  squeeze: (x) => tf.squeeze(tf.slice(x, [0, 1], [3, 1]), [1]),
  stack: (x) => tf.stack([x, tf.square(x)], 1),
  sub: (x) => tf.sub(createConstant(3, 1), x),
  sum: (x) => tf.sum(x, 1),
  tanh: tf.tanh,
  tile: (x) => tf.tile(x, [2, 3]),
  transpose: (x) => tf.transpose(tf.reshape(x, [3, 1, 5]), [2, 0, 1]),
  unstack: (x) => tf.mul(...(tf.unstack(tf.slice(x, 0, 2)) as [tf.Tensor, tf.Tensor])),
  // not greater(x, 0): tfjs has no gradient for comparisons
  where: (x) => tf.where(tf.greater(createConstant(3, 5), 0), tf.square(x), tf.neg(x)),
};

/** Sums a nonlinear function of every entry, each with a weight of its own. */
const weigh = (y: tf.Tensor) => tf.sum(tf.mul(tf.square(y), createWeights(y.shape)));

/** Computed in JavaScript: WebGPU demands three digits of `cos` and `sin`. */
const createWeights = (shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, at) => Math.cos(at + 1)),
    shape,
  );

function compute(operation: (x: tf.Tensor2D) => tf.Tensor): { value: Float32Array; gradient: Float32Array } {
  return tf.tidy(() => {
    const x = tf.tensor2d(createWave(15), [3, 5]);
    const value = operation(x).dataSync().slice() as Float32Array;
    return {
      value,
      gradient: tf
        .grad((moved) => weigh(operation(moved as tf.Tensor2D)))(x)
        .dataSync()
        .slice() as Float32Array,
    };
  });
}

describeOnBackends(
  'tfjs',
  (backend) => {
    it.each(Object.entries(operations))(
      '%s has the value and the gradient of cpu and of finite differences',
      async (_, operation) => {
        const actual = compute(operation);
        await useBackend('cpu');
        const expected = compute(operation);
        const numeric = numericGradient(
          (x) => tf.tidy(() => weigh(operation(tf.tensor2d(x, [3, 5]))).dataSync()[0]!),
          createWave(15),
          3e-3,
        );
        await useBackend(backend);
        expectClose(actual.value, expected.value, 1e-5);
        expectClose(actual.gradient, expected.gradient, 1e-5);
        expectClose(actual.gradient, numeric, 5e-3);
      },
    );

    it('has kernels for masks and selection', () => {
      const x = tf.tensor2d(createWave(15), [3, 5]);
      const boolean = tf.logicalAnd(tf.logicalNot(tf.less(x, 0)), tf.notEqual(tf.step(x), 0));
      expect(tf.sum(tf.cast(boolean, 'float32')).dataSync()[0]).toBe(
        createWave(15).filter((entry) => entry > 0).length,
      );
      expect([...tf.argMax(x, 1).dataSync()]).toEqual(
        [0, 1, 2].map((row) =>
          [...createWave(15).slice(row * 5, row * 5 + 5)].reduce(
            (best, entry, at, all) => (entry > all[best]! ? at : best),
            0,
          ),
        ),
      );
      expect([
        ...tf
          .scatterND(
            tf.tensor2d(
              [
                [0, 1],
                [1, 2],
              ],
              [2, 2],
              'int32',
            ),
            tf.tensor1d([5, 7]),
            [2, 3],
          )
          .dataSync(),
      ]).toEqual([0, 5, 0, 0, 0, 7]);
      expect([
        ...tf
          .gatherND(
            tf.tensor2d([1, 2, 3, 4], [2, 2]),
            tf.tensor2d(
              [
                [1, 0],
                [0, 1],
              ],
              [2, 2],
              'int32',
            ),
          )
          .dataSync(),
      ]).toEqual([3, 2]);
      expect([...tf.oneHot(tf.tensor1d([2, 0], 'int32'), 3).dataSync()]).toEqual([0, 0, 1, 1, 0, 0]);
      expect([...tf.topk(tf.tensor1d([1, 7, 3]), 2).indices.dataSync()]).toEqual([1, 2]);
      expect([
        ...tf
          .unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), tf.tensor1d([1, -1, 1], 'int32'), 2)
          .dataSync(),
      ]).toEqual([0, 0, 6, 8]);
    });
  },
  { all: true },
);
