import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { describeOnBackends, expectClose } from '../testing/index.js';
import { tf } from '../tfjs/tfjs.js';
import { type ConvolveRowsInputs, convolveRows, gatherRealRows } from './convolve-rows.js';
import { unfoldSteps } from './unfold-steps.js';

const draw = (seed: number, ...shape: number[]) => {
  const rng = createRng(seed);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => rng.normal(0, 0.5)),
    shape,
  );
};
const createIndex = () => tf.tensor2d([4, 0, 4, 4, 1, 1, 1, 0, 4, 0], [2, 5], 'int32');
const createMask = () => tf.tensor2d([0, 1, 1, 1, 1, 1, 0, 1, 1, 1], [2, 5]);
/** @shape table `[6, 3]`, weight `[2, 3, 7]`, bias `[7]` */
const createValues = () => [draw(1, 6, 3), draw(2, 2, 3, 7), draw(3, 7)];

/** The same by the convolution of gathered rows. @shape → `[2, 5, 7]` */
const convolveGathered = (dilation: number, table: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) => {
  const input = tf.mul<tf.Tensor3D>(tf.gather<tf.Tensor>(table, createIndex()), tf.expandDims(createMask(), 2));
  const windows = tf.reshape<tf.Rank.R2>(unfoldSteps(input, 2, dilation), [10, 6]);
  return tf.reshape<tf.Rank.R3>(tf.add(tf.matMul(windows, tf.reshape<tf.Rank.R2>(weight, [6, 7])), bias), [2, 5, 7]);
};
const convolve = (dilation: number, table: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
  convolveRows({
    ...{ table: table as tf.Tensor2D, index: createIndex(), mask: createMask(), dilation },
    ...{ weight: weight as tf.Tensor3D, bias: bias as tf.Tensor1D },
  });

describeOnBackends('convolveRows', () => {
  it('has the value of its equation', () => {
    const [table, index] = [tf.tensor2d([[1], [10]]), tf.tensor2d([[0, 1, 0, 1]], [1, 4], 'int32')];
    const weight = tf.tensor3d([[[2]], [[3]]]); // of the step before and of this one
    const received = convolveRows({
      table,
      index,
      mask: tf.tensor2d([[0, 1, 1, 1]]),
      weight,
      bias: tf.tensor1d([100]),
    });
    expectClose(received.dataSync(), [100, 130, 123, 132]); // padding adds nothing
  });

  it.each([1, 2, 9])('has the values and gradients of a convolution of gathered rows: dilation %i', (dilation) => {
    tf.tidy(() => {
      const values = createValues();
      const weigh = (sums: tf.Tensor) => tf.sum(tf.mul(sums, draw(7, 2, 5, 7))) as tf.Scalar;
      const run = (own: typeof convolve) => (table: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
        own(dilation, table, weight, bias);
      const [byRows, gathered] = [run(convolve), run(convolveGathered)];
      const [table, weight, bias] = values as [tf.Tensor, tf.Tensor, tf.Tensor];
      expectClose(byRows(table, weight, bias).dataSync(), gathered(table, weight, bias).dataSync(), 1e-5);
      const received = tf.grads((...t) => weigh(byRows(t[0]!, t[1]!, t[2]!)))(values);
      const expected = tf.grads((...t) => weigh(gathered(t[0]!, t[1]!, t[2]!)))(values);
      for (const [at, gradient] of expected.entries()) {
        expect(received[at]!.shape).toEqual(gradient.shape);
        expectClose(received[at]!.dataSync(), gradient.dataSync(), 1e-5);
      }
    });
  });

  it('leaks no tensor', () => {
    const inputs = [...createValues(), createIndex(), createMask()];
    const run = () => {
      const [table, weight, bias, index, mask] = inputs as [
        tf.Tensor2D,
        tf.Tensor3D,
        tf.Tensor1D,
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const own = { table, index, mask };
      const gradients = tf.grads((t) => tf.sum(convolveRows({ ...own, table: t as tf.Tensor2D, weight, bias })))([
        table,
      ]);
      tf.dispose([convolveRows({ ...own, weight, bias }), gatherRealRows(own), ...gradients]);
    };
    run(); // some backends allocate tensors at the first run
    const before = tf.memory().numTensors;
    run();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(inputs);
  });
});

describeOnBackends('gatherRealRows', () => {
  it('gathers rows, with zeros and without gradients for padding', () => {
    const table = tf.tensor2d([
      [1, 2],
      [3, 4],
      [5, 6],
    ]); // prettier-ignore
    const [index, mask] = [tf.tensor2d([[2, 0, 2]], [1, 3], 'int32'), tf.tensor2d([[0, 1, 1]])];
    const gather = (rows: tf.Tensor) => gatherRealRows({ table: rows as tf.Tensor2D, index, mask });
    expect([...gather(table).dataSync()]).toEqual([0, 0, 1, 2, 5, 6]);
    expect([...tf.grad(gather)(table).dataSync()]).toEqual([1, 1, 0, 0, 1, 1]);
  });
});

describe('convolveRows', () => {
  it('refuses shapes that disagree and rows that are not there', () => {
    const [table, weight, bias] = createValues();
    const inputs = { table, weight, bias, index: createIndex(), mask: createMask() };
    const refused = (changes: object) =>
      expect(() => convolveRows({ ...inputs, ...changes } as unknown as ConvolveRowsInputs));
    refused({ weight: tf.zeros([2, 4, 7]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: convolveRows(weight): expected shape [width, inputDim=3, dim], received [2, 4, 7].]`,
    );
    refused({ bias: tf.zeros([2]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: convolveRows(bias): expected shape [dim=7], received [2].]`,
    );
    refused({ mask: tf.zeros([5, 2]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: convolveRows(mask): expected shape [batch=2, time=5], received [5, 2].]`,
    );
    refused({ index: tf.fill([2, 5], 6, 'int32') }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: convolveRows(index): expected ids from 0 to 5, received 6 at [0, 0].]`,
    );
    refused({ dilation: 0 }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: convolveRows(dilation): expected a positive integer, received 0.]`,
    );
  });
});
