import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';

const createWave = (length: number) => Float32Array.from({ length }, (_, at) => Math.sin(1.7 * (at + 1)));

describeOnBackends('kernels that WebGPU has wrong', () => {
  it('sums from the end of an axis, whatever length was summed before', () => {
    for (const size of [7, 2, 3]) {
      const x = tf.tensor2d(createWave(2 * size), [2, size]);
      const sums = [0, 1].flatMap((row) =>
        Array.from({ length: size }, (_, from) =>
          createWave(2 * size)
            .slice(row * size + from, (row + 1) * size)
            .reduce((sum, entry) => sum + entry, 0),
        ),
      );
      expectClose(tf.cumsum(x, 1, false, true).dataSync(), sums, 1e-6);
    }
  });

  it('sums nothing', () => {
    expect([...tf.sum(tf.zeros([0, 3]), 0).dataSync()]).toEqual([0, 0, 0]);
    expect(tf.sum(tf.zeros([0])).dataSync()[0]).toBe(0);
  });

  it('casts booleans and integers that it holds to floats that other kernels read', () => {
    const given = tf.tensor2d(
      Float32Array.from({ length: 2 * 700 }, (_, at) => at % 3), // so many that it does not compute on the CPU
      [2, 700],
    );
    for (const [held, expected] of [
      [tf.greater(given, 1), (value: number) => Number(value > 1)],
      [tf.cast(tf.add(given, 5), 'int32'), (value: number) => value + 5],
    ] as const) {
      const columns = tf.transpose(tf.cast(held, 'float32'));
      expect(columns.dtype).toBe('float32');
      const values = Array.from({ length: 1400 }, (_, at) => expected(((at % 2) * 700 + Math.floor(at / 2)) % 3));
      expect([...columns.dataSync()]).toEqual(values);
    }
  });
});
