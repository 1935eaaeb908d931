import { describe, expect, it } from 'vitest';
import { withPrecision } from './precision.js';
import { kernelBackends } from './testing/kernel-backends.fixture.js';
import { tf } from './tfjs/tfjs.js';
import { useBackend } from './use-backend.js';

describe('withPrecision', () => {
  // 1 + 2⁻⁸ has 9 significant bits, so it is 1 in bf16. Only matrices of at least two rows and columns are multiplied
  // in bf16.
  const fine = 1 + 2 ** -8;
  const product = () => tf.tidy(() => [...tf.matMul(tf.fill([2, 2], fine), tf.ones([2, 2])).dataSync()]);
  const gradient = () =>
    tf.tidy(() => [
      ...tf
        .grad((x) => tf.sum(tf.matMul(x as tf.Tensor2D, tf.fill([2, 2], fine))))(tf.ones([2, 2]))
        .dataSync(),
    ]);

  it.each(kernelBackends)(
    'rounds the factors of products and of their gradients to bf16, only inside, on %s',
    async (backend) => {
      await useBackend(backend);
      const exact = Array(4).fill(2 * fine);
      expect([product(), gradient()]).toEqual([exact, exact]);
      expect(withPrecision('bf16', () => [product(), gradient()])).toEqual([Array(4).fill(2), Array(4).fill(2)]);
      expect(withPrecision('bf16', () => withPrecision('fp32', product))).toEqual(exact);
      expect(() => withPrecision('bf16', () => expect.fail('inside'))).toThrow('inside');
      expect(product()).toEqual(exact);
    },
  );

  it.each(kernelBackends)('leaves sums in fp32 on %s', async (backend) => {
    await useBackend(backend);
    expect(withPrecision('bf16', () => tf.tidy(() => [...tf.add(tf.fill([2], fine), 1).dataSync()]))).toEqual([
      1 + fine,
      1 + fine,
    ]);
  });

  it('refuses bf16 on a backend without a kernel for it', async () => {
    await useBackend('cpu');
    expect(() => withPrecision('bf16', product)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: withPrecision(precision): expected fp32 on the backend cpu, received bf16. Only the backends native and wasm support bf16; see doctor().]`,
    );
    expect(withPrecision('fp32', product)).toEqual(Array(4).fill(2 * fine));
  });
});
