import { beforeAll, describe, expect, it } from 'vitest';
import { kernelBackends } from '../../testing/kernel-backends.fixture.js';
import { tf } from '../../tfjs/tfjs.js';
import { useBackend } from '../../use-backend.js';
import type { KernelsBackend } from './kernels-backend.js';

describe.each(kernelBackends)('memory of the backend %s', (name) => {
  beforeAll(async () => {
    await useBackend('cpu');
    await useBackend(name);
  });

  const backend = () => tf.backend() as unknown as KernelsBackend;

  it('does not overwrite values that were read', () => {
    const x = tf.fill([2048], 3);
    const y = tf.mul(x, 2);
    const read = y.dataSync();
    y.dispose();
    for (let round = 0; round < 5; round++) tf.tidy(() => tf.add(tf.fill([2048], round), x));
    expect([...new Set(read)]).toEqual([6]);
    x.dispose();
  });

  it('does not overwrite a slice when its tensor is disposed', () => {
    const x = tf.fill([2, 2048], 3);
    const part = tf.stridedSlice(x, [0, 0], [1, 2048], [1, 1]); // a kernel of tfjs, which shares the memory
    x.dispose();
    for (let round = 0; round < 5; round++) tf.tidy(() => tf.fill([2, 2048], round));
    expect([...new Set(part.dataSync())]).toEqual([3]);
    part.dispose();
  });

  it('does not overwrite a tensor when another one with the same memory is disposed', async () => {
    const x = tf.fill([2048], 3);
    const same = tf.reshape(x, [2, 1024]);
    x.dispose();
    tf.tidy(() => tf.fill([2048], 5));
    expect([...new Set(same.dataSync())]).toEqual([3]);
    same.dispose();
  });

  it('allocates no memory for a step that ran before', () => {
    const weights = tf.variable(tf.ones([64, 128]));
    const inputs = tf.ones([128, 64]);
    const step = () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () => tf.mean(tf.softplus(tf.sub(1, tf.matMul(inputs, weights)))) as tf.Scalar,
          [weights],
        );
        weights.assign(tf.sub(weights, tf.mul(grads[weights.name]!, 0.1)));
        return value.dataSync()[0]!;
      });
    for (let warm = 0; warm < 3; warm++) step();
    const { made } = backend().arrays;
    const { numTensors, numBytes } = tf.memory();
    for (let round = 0; round < 5; round++) step();
    expect(backend().arrays.made).toBe(made);
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
    tf.dispose([weights, inputs]);
  });

  it('moves tensors to another backend and back', async () => {
    const x = tf.fill([2048], 3);
    await tf.setBackend('cpu');
    const y = tf.mul(x, 2);
    await tf.setBackend(name);
    const z = tf.add(y, x);
    tf.dispose([x, y]);
    tf.tidy(() => tf.fill([2048], 5));
    expect([...new Set(z.dataSync())]).toEqual([9]);
    z.dispose();
  });
});
