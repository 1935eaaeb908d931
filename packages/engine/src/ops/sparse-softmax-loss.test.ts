import { expect, it } from 'vitest';
import { describeOnBackends, expectClose, numericGradient } from '../testing/index.js';
import { tf } from '../tfjs/tfjs.js';
import { sparseSoftmaxLoss } from './sparse-softmax-loss.js';

const toInts = (values: number[]) => tf.tensor1d(values, 'int32');
const createValues = (query: number, item: number) =>
  Float32Array.from({ length: query * item }, (_, at) => 3 * Math.sin(at * at + 1));
/** Query 1 has no target, query 2 has one item twice; the entries are not sorted. */
const createTargets = () => ({
  query: toInts([2, 0, 4, 2, 0, 3]),
  item: toInts([1, 0, 6, 1, 36, 5]),
  weight: tf.tensor1d([1, 0.5, 2, 1, 3, 0.25]),
});
const weigh = (losses: tf.Tensor1D) => tf.sum(tf.mul(losses, tf.cos(tf.range(1, losses.size + 1)))) as tf.Scalar;

describeOnBackends('sparseSoftmaxLoss', () => {
  it('has the value of the equation', () => {
    // Probabilities 1/6, 2/6, 3/6
    const logits = tf.tensor2d([0, Math.log(2), Math.log(3)], [1, 3]);
    expectClose(sparseSoftmaxLoss(logits, toInts([2])).dataSync(), [Math.log(2)]);
    const both = { query: toInts([0, 0]), item: toInts([0, 1]), weight: tf.tensor1d([1, 10]) };
    expectClose(sparseSoftmaxLoss(logits, both).dataSync(), [Math.log(6) + 10 * Math.log(3)]);
  });

  for (const item of [37, 2503])
    it(`has the values and the gradient of the dense expression, ${item} items`, () => {
      const logits = tf.tensor2d(createValues(5, item), [5, item]);
      const { query, item: target, weight } = createTargets();
      const dense = (x: tf.Tensor) =>
        tf.neg(
          tf.sum(tf.mul(tf.scatterND(tf.stack([query, target], 1), weight, [5, item]), tf.logSoftmax(x)), 1),
        ) as tf.Tensor1D;
      expectClose(sparseSoftmaxLoss(logits, createTargets()).dataSync(), dense(logits).dataSync(), 1e-5);
      const gradient = tf.grad((x) => weigh(sparseSoftmaxLoss(x as tf.Tensor2D, createTargets())))(logits);
      expectClose(
        gradient.dataSync(),
        tf
          .grad((x) => weigh(dense(x)))(logits)
          .dataSync(),
        1e-5,
      );
    });

  // Multiples of 8 and of 1/8, so that shifted logits are exact in float32.
  for (const [shift, unit] of [
    [1e4, 1 / 8],
    [-1e6, 1 / 8],
    [1e6, 1 / 8],
    [1e8, 8],
    [-1e8, 8],
  ] as const)
    it(`does not change if ${shift} is added to all logits`, () => {
      const values = [0, 1, -2, 3, 0, 0, 0].map((value) => value * unit);
      const compute = (added: number) => {
        const logits = tf.tensor2d(
          values.map((value) => value + added),
          [1, 7],
        );
        const targets = { query: toInts([0, 0]), item: toInts([1, 4]), weight: tf.tensor1d([1, 0.5]) };
        const gradient = tf.grad((x) => tf.sum(sparseSoftmaxLoss(x as tf.Tensor2D, targets)))(logits);
        return [...sparseSoftmaxLoss(logits, targets).dataSync(), ...gradient.dataSync()];
      };
      expectClose(compute(shift), compute(0), 1e-6);
    });

  it('keeps the logarithm of equal logits of any size', () => {
    const logits = tf.fill([1, 3], 1e8) as tf.Tensor2D;
    expectClose(sparseSoftmaxLoss(logits, toInts([0])).dataSync(), [Math.log(3)], 1e-6);
    const gradient = tf.grad((x) => tf.sum(sparseSoftmaxLoss(x as tf.Tensor2D, toInts([0]))))(logits);
    expectClose(gradient.dataSync(), [-2 / 3, 1 / 3, 1 / 3], 1e-6);
  });

  it('has the gradient of finite differences', () => {
    const evaluateAt = (x: Float32Array) =>
      tf.tidy(() => weigh(sparseSoftmaxLoss(tf.tensor2d(x, [5, 37]), createTargets())).dataSync()[0]!);
    const gradient = tf.grad((x) => weigh(sparseSoftmaxLoss(x as tf.Tensor2D, createTargets())))(
      tf.tensor2d(createValues(5, 37), [5, 37]),
    );
    expectClose(gradient.dataSync(), numericGradient(evaluateAt, createValues(5, 37)), 5e-3);
  });

  it('refuses ids out of range', () => {
    const logits = tf.tensor2d(createValues(2, 3), [2, 3]);
    expect(() => sparseSoftmaxLoss(logits, toInts([0, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sparseSoftmaxLoss(targets.item): expected ids from 0 to 2, received 3 at [1].]`,
    );
    expect(() =>
      sparseSoftmaxLoss(logits, { query: toInts([2]), item: toInts([0]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sparseSoftmaxLoss(targets.query): expected ids from 0 to 1, received 2 at [0].]`,
    );
  });
});
