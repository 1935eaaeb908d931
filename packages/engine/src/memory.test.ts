import { describe, expect, it } from 'vitest';
import type { KernelsBackend } from './backends/kernels/kernels-backend.js';
import { borrow, release, takeFirst } from './memory.js';
import { embeddingBag } from './ops/embedding-bag.js';
import { lookup } from './ops/lookup.js';
import { adam } from './optimizers/adam.js';
import { kernelBackends } from './testing/kernel-backends.fixture.js';
import { tf } from './tfjs/tfjs.js';
import { useBackend } from './use-backend.js';
import { valueAndGradients } from './value-and-gradients.js';

describe.each(kernelBackends)('borrowed memory of %s', (backend) => {
  const pool = () => (tf.backend() as unknown as KernelsBackend).arrays;

  it('is reused after its release, once', async () => {
    await useBackend(backend);
    const memory = borrow(2048);
    release(takeFirst(memory, 7));
    release(memory);
    const [first, second] = [borrow(2048), borrow(2048)];
    // Another array of the same memory, if an earlier test has left a larger one free.
    expect(first.buffer).toBe(memory.buffer);
    expect(first.byteOffset).toBe(memory.byteOffset);
    expect(second.buffer === memory.buffer && second.byteOffset === memory.byteOffset).toBe(false);
  });

  it('ignores the release of other memory', async () => {
    await useBackend(backend);
    const own = new Float32Array(2011);
    release(own);
    expect(borrow(2011)).not.toBe(own);
  });

  it('suffices for the gradients of later steps, whatever the use of a table', async () => {
    await useBackend(backend);
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
    for (let warmUp = 0; warmUp < 3; warmUp++) step();
    const made = pool().made;
    for (let round = 0; round < 5; round++) step();
    expect(pool().made).toBe(made);
  });
});
