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
});
