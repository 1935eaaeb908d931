import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../tfjs/tfjs.js';
import { useBackend } from '../use-backend.js';
import { traceKernels } from './trace-kernels.js';

describe('traceKernels', () => {
  beforeAll(async () => {
    await useBackend('cpu');
  });
  const made: tf.Tensor[] = [];
  const keep = <T extends tf.Tensor>(tensor: T): T => {
    made.push(tensor);
    return tensor;
  };
  afterEach(() => {
    for (const tensor of made.splice(0)) tensor.dispose();
  });

  it('records the kernels between inputs and outputs, and what is constant as values', async () => {
    const weight = keep(tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2])));
    const x = keep(tf.tensor2d([1, 1, 1], [1, 3]));
    const { inputs, kernels, outputs } = await traceKernels({ x }, ({ x: input }) => {
      const scaled = tf.mul(weight, 2); // constant
      return { y: tf.reshape(tf.matMul(input as tf.Tensor2D, scaled as tf.Tensor2D), [2]), scaled };
    });
    expect(kernels.map(({ name }) => name)).toEqual(['BatchMatMul', 'Reshape']);
    expect(kernels[0]!.inputs['b']!.values).toEqual(new Float32Array([2, 4, 6, 8, 10, 12]));
    expect(inputs['x']).toMatchObject({ shape: [1, 3], dtype: 'float32' });
    expect(outputs['y']).toMatchObject({ shape: [2] });
    expect(outputs['y']!.values).toBeUndefined();
    expect(outputs['scaled']!.values).toEqual(new Float32Array([2, 4, 6, 8, 10, 12]));
  });

  it('leaves the backend and the memory as they were, also after an error', async () => {
    const x = keep(tf.tensor1d([1, 2]));
    const weight = keep(tf.variable(tf.tensor1d([3, 4])));
    await traceKernels({ x }, ({ x: input }) => ({ y: tf.mul(input, weight) }));
    const before = tf.memory().numTensors;
    await traceKernels({ x }, ({ x: input }) => ({ y: tf.mul(input, weight) }));
    await expect(
      traceKernels({ x }, () => {
        throw new Error('failed');
      }),
    ).rejects.toThrow('failed');
    expect([tf.getBackend(), tf.memory().numTensors]).toEqual(['cpu', before]);
    expect([...weight.dataSync()]).toEqual([3, 4]);
    expect([...tf.tidy(() => tf.mul(weight, x)).dataSync()]).toEqual([3, 8]);
  });

  it('tells a view apart from what it views', async () => {
    const x = keep(tf.tensor2d([1, 2, 3, 4], [2, 2]));
    const { kernels, outputs } = await traceKernels({ x }, ({ x: input }) => ({
      flat: tf.reshape(input, [4]),
      same: tf.clone(input),
    }));
    expect(outputs['flat']!.id).not.toBe(outputs['same']!.id);
    expect(kernels.map(({ name }) => name)).toEqual(['Reshape', 'Identity']);
  });
});
