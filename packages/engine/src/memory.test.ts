import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from './backends/native/load-kernels.js';
import type { NativeBackend } from './backends/native/native-backend.js';
import { borrow, release } from './memory.js';
import { embeddingBag } from './ops/embedding-bag.js';
import { lookup } from './ops/lookup.js';
import { adam } from './optimizers/adam.js';
import { useBackend } from './use-backend.js';
import { valueAndGradients } from './value-and-gradients.js';

describe.skipIf(!loadNativeKernels())('memory that is lent', () => {
  const pool = () => (tf.backend() as unknown as NativeBackend).arrays;

  it('is had again once it is given back, and no more than once', async () => {
    await useBackend('native');
    const room = borrow(2003);
    release(room.subarray(0, 7));
    release(room);
    const [first, second] = [borrow(2003), borrow(2003)];
    expect(first.buffer).toBe(room.buffer);
    expect(second.buffer).not.toBe(room.buffer);
  });

  it('leaves alone what it did not lend', async () => {
    await useBackend('native');
    const own = new Float32Array(2011);
    release(own);
    expect(borrow(2011).buffer).not.toBe(own.buffer);
  });

  it('is all that gradients need once a step was done, however a table is used', async () => {
    await useBackend('native');
    const table = tf.variable(tf.randomNormal([307, 11], 0, 1, 'float32', 1));
    const dense = tf.variable(tf.randomNormal([11, 401], 0, 1, 'float32', 2));
    const parameters = new Map([
      ['table', table],
      ['dense', dense],
    ]);
    const optimizer = adam({ learningRate: 0.1 });
    const ids = tf.tensor1d(
      Array.from({ length: 211 }, (_, at) => (at * 7) % 307),
      'int32',
    );
    const bags = { offsets: Int32Array.of(0, 400), ids: Int32Array.from({ length: 400 }, (_, at) => at % 307) };
    const step = () => {
      const { value, gradients } = valueAndGradients(() => {
        const rows = lookup(table, ids) as tf.Tensor2D;
        return tf.tidy(
          () =>
            tf.sum(
              tf.square(tf.matMul(tf.add(rows, embeddingBag(table, bags)), dense as unknown as tf.Tensor2D)),
            ) as tf.Scalar,
        );
      }, parameters);
      value.dispose();
      optimizer.apply(parameters, gradients);
    };
    for (let warm = 0; warm < 3; warm++) step();
    const made = pool().made;
    for (let more = 0; more < 5; more++) step();
    expect(pool().made).toBe(made);
  });
});
