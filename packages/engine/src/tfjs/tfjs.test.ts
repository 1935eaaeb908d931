import { describe, expect, it } from 'vitest';
import { tf } from './tfjs.js';

describe('tf', () => {
  it('has gradients, methods of tensors and the backend cpu', async () => {
    expect(await tf.setBackend('cpu')).toBe(true);
    const gradient = tf.grad((x) => x.square().mul(x).sum())(tf.tensor1d([1, 2, 3])); // Σ x³
    expect([...gradient.dataSync()]).toEqual([3, 12, 27]);
  });
});
