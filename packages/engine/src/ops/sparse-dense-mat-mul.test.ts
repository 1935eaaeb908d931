import { createRng } from '@footlight/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSparseMatrix } from '../sparse-matrix.js';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { type DeviceReads, leaveDeviceBackend, useDeviceBackend } from '../testing/device-backend.js';
import { expectClose } from '../testing/expect-close.js';
import { numericGradient } from '../testing/numeric-gradient.js';
import { tf } from '../tfjs/tfjs.js';
import { sparseDenseMatMul } from './sparse-dense-mat-mul.js';

// 0 2 0 ½ 0
// 0 0 0 0 0
// −1 0 0 3 0
const rows = {
  offsets: Int32Array.of(0, 2, 2, 5),
  ids: Int32Array.of(1, 3, 0, 3, 3),
  weights: Float32Array.of(2, 0.5, -1, 1, 2),
};
const matrix = createSparseMatrix(rows, 5);
const [noRows, noIds] = [{ offsets: new Int32Array(3) }, new Int32Array(0)];

describeOnBackends('sparseDenseMatMul', () => {
  const compute = (f: () => tf.Tensor) => tf.tidy(() => [...f().dataSync()]);

  it('multiplies; entries at the same place add up, and an empty row gives 0', () => {
    const dense = tf.tensor2d([1, 10, 2, 20, 3, 30, 4, 40, 5, 50], [5, 2]);
    // 2 · 2 + ½ · 4; nothing; −1 + 3 · 4
    expect(compute(() => sparseDenseMatMul(matrix, dense))).toEqual([6, 60, 0, 0, 11, 110]);
    dense.dispose();
  });

  it('multiplies the transpose', () => {
    const dense = tf.tensor2d([1, 2, 3], [3, 1]);
    expect(compute(() => sparseDenseMatMul(matrix, dense, { transposed: true }))).toEqual([-3, 2, 0, 9.5, 0]);
    dense.dispose();
  });

  it('multiplies ones without weights', () => {
    const ones = createSparseMatrix({ offsets: rows.offsets, ids: rows.ids }, 5);
    const dense = tf.tensor2d([1, 2, 3, 4, 5], [5, 1]);
    expect(compute(() => sparseDenseMatMul(ones, dense))).toEqual([6, 0, 9]);
    dense.dispose();
  });

  for (const transposed of [false, true])
    it(`has the gradient of finite differences${transposed ? ', transposed' : ''}`, () => {
      const rng = createRng(3);
      const shape: [number, number] = [transposed ? 3 : 5, 7];
      const values = Float32Array.from({ length: shape[0] * shape[1] }, () => rng.normal(0, 1));
      const loss = (dense: tf.Tensor) =>
        tf.sum(tf.sin(sparseDenseMatMul(matrix, tf.reshape(dense, shape), { transposed }))) as tf.Scalar;
      const dense = tf.tensor2d(values, shape);
      expectClose(
        compute(() => tf.grad(loss)(dense)),
        numericGradient((given) => compute(() => loss(tf.tensor1d(given)))[0]!, values),
        2e-2,
      );
      dense.dispose();
    });

  it('leaves no tensors', () => {
    const dense = tf.ones([5, 2]) as tf.Tensor2D;
    const run = () => tf.dispose(tf.tidy(() => tf.grad((x) => sparseDenseMatMul(matrix, x as tf.Tensor2D))(dense)));
    run();
    const before = tf.memory().numTensors;
    run();
    expect(tf.memory().numTensors).toBe(before);
    dense.dispose();
  });

  it('refuses a dense matrix of another size', () => {
    const dense = tf.ones([3, 2]) as tf.Tensor2D;
    expect(() => sparseDenseMatMul(matrix, dense)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sparseDenseMatMul(dense): expected shape [column=5, dim], received [3, 2].]`,
    );
    expect(() =>
      tf.tidy(() => sparseDenseMatMul(matrix, tf.ones([5, 2]), { transposed: true })),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sparseDenseMatMul(dense): expected shape [row=3, dim], received [5, 2].]`,
    );
    dense.dispose();
  });
});

describe('sparseDenseMatMul on a device', () => {
  let reads: DeviceReads;
  beforeAll(async () => {
    reads = await useDeviceBackend();
  });
  afterAll(leaveDeviceBackend);

  it('multiplies there, forward and backward, and reads nothing', () => {
    const [dense, empty] = [tf.tensor2d([1, 2, 3, 4, 5], [5, 1]), createSparseMatrix({ ...noRows, ids: noIds }, 5)];
    const [value, gradient, zeros] = tf.tidy(() => [
      sparseDenseMatMul(matrix, dense),
      tf.grad((x) => sparseDenseMatMul(matrix, x as tf.Tensor2D))(dense),
      sparseDenseMatMul(empty, dense),
    ]);
    expect(reads.floats).toBe(0);
    expect([...value.dataSync()]).toEqual([6, 0, 11]);
    expect([...gradient.dataSync()]).toEqual([-1, 2, 0, 3.5, 0]); // the sums of the columns
    expect([...zeros.dataSync()]).toEqual([0, 0]);
  });
});
