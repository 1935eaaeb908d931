import { expect, it } from 'vitest';
import { addRows } from '../gradient.js';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { numericGradient } from '../testing/numeric-gradient.js';
import { tf } from '../tfjs/tfjs.js';
import { valueAndGradients } from '../value-and-gradients.js';
import { lookup } from './lookup.js';

const values = Float32Array.from({ length: 35 }, (_, at) => Math.sin(at + 1)); // [count 7, dim 5]
const ids = [
  [4, 0, 4],
  [6, 4, 2],
]; // [batch 2, time 3], row 4 three times
const createTable = (entries = values) => tf.variable(tf.tensor2d(entries, [7, 5]));
const createIds = () => tf.tensor2d(ids, [2, 3], 'int32');

/** Sums a nonlinear function of every entry, each with a weight of its own. */
const weigh = (x: tf.Tensor) =>
  tf.sum(tf.mul(tf.square(x), tf.reshape(tf.cos(tf.range(1, x.size + 1)), x.shape))) as tf.Scalar;

describeOnBackends('lookup', () => {
  it('gathers rows, for ids of any rank', () => {
    const weight = createTable();
    expect([lookup(weight, createIds()).shape, lookup(weight, tf.scalar(3, 'int32')).shape]).toEqual([[2, 3, 5], [5]]);
    expectClose(
      lookup(weight, createIds()).dataSync(),
      ids.flat().flatMap((id) => [...values.subarray(id * 5, id * 5 + 5)]),
      0,
    );
  });

  it('has gradients of rows in a step, which sum to those of tf.gather and of finite differences', () => {
    const weight = createTable();
    const { value, gradients } = valueAndGradients(
      () => weigh(lookup(weight, createIds())),
      new Map([['weight', weight]]),
    );
    const gradient = gradients.get('weight')!;
    if (gradient.kind !== 'rows') return expect.fail('expected rows');
    expect(new Set(gradient.ids)).toEqual(new Set(ids.flat())); // the C++ kernel merges repeats
    const sum = new Float32Array(35);
    addRows(sum, gradient, 5);
    const gatherAndWeigh = (x: tf.Tensor) =>
      weigh(tf.reshape(tf.gather(x, tf.tensor1d(ids.flat(), 'int32')), [2, 3, 5]));
    expectClose(sum, tf.grad(gatherAndWeigh)(weight).dataSync(), 1e-6);
    expectClose(
      sum,
      numericGradient((moved) => gatherAndWeigh(tf.tensor2d(moved, [7, 5])).dataSync()[0]!, values),
      2e-3,
    );
    expect(value.dataSync()[0]).toBeCloseTo(gatherAndWeigh(weight).dataSync()[0]!, 5);
  });

  it('has the gradient of tf.gather outside of a step', () => {
    const sum = tf.grad((x) => weigh(lookup(x as tf.Variable, createIds())))(createTable());
    const expected = tf.grad((x) => weigh(tf.gather(x, createIds())))(createTable());
    expectClose(sum.dataSync(), expected.dataSync(), 1e-6);
  });

  it('gathers no rows for no ids', () => {
    const weight = createTable();
    const none = () => lookup(weight, tf.tensor2d([], [2, 0], 'int32'));
    expect(none().shape).toEqual([2, 0, 5]);
    const { gradients } = valueAndGradients(
      () => tf.add(tf.sum(none()), weigh(lookup(weight, createIds()))),
      new Map([['weight', weight]]),
    );
    const gradient = gradients.get('weight')!;
    expect(gradient.kind === 'rows' && new Set(gradient.ids)).toEqual(new Set(ids.flat()));
  });

  it('leaks no tensor', () => {
    const weight = createTable();
    const step = () =>
      tf.tidy(() => void valueAndGradients(() => weigh(lookup(weight, createIds())), new Map([['weight', weight]])));
    step(); // some backends allocate tensors at the first run
    const before = tf.memory().numTensors;
    step();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses ids out of range, in a step and outside', () => {
    const weight = createTable();
    expect(() => lookup(weight, tf.tensor2d([[0, 7]], [1, 2], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lookup(ids): expected ids from 0 to 6, received 7 at [0, 1].]`,
    );
    expect(() => lookup(weight, tf.tensor1d([2, -1], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lookup(ids): expected ids from 0 to 6, received -1 at [1].]`,
    );
    expect(() => lookup(weight, tf.tensor1d([1]))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lookup(ids): expected int32, received float32.]`,
    );
    expect(() => lookup(tf.variable(tf.zeros([3])), tf.tensor1d([1], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lookup(table): expected shape [count, dim], received [3].]`,
    );
    const step = () =>
      valueAndGradients(() => tf.sum(lookup(weight, tf.tensor1d([9], 'int32'))), new Map([['weight', weight]]));
    expect(step).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lookup(ids): expected ids from 0 to 6, received 9 at [0].]`,
    );
  });
});
