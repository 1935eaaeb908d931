import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ensureBackend, tryBackend, useBackend } from './use-backend.js';

vi.mock('./backends/native/load-kernels.js', () => ({
  loadNativeKernels: () => undefined,
  explainMissingKernels: () => '@footlight/native is not installed',
}));

afterEach(() => vi.unstubAllEnvs());

/** Without the TensorFlow that the command line may have installed on this machine. */
const nowhere = () => vi.stubEnv('FOOTLIGHT_TENSORFLOW', '/nowhere');

describe('useBackend', () => {
  it('takes the first that works and says why the ones before it do not', async () => {
    nowhere();
    vi.stubEnv('FOOTLIGHT_BACKEND', '');
    const { name, reason, attempts } = await useBackend();
    expect({ name, reason, attempts }).toEqual({
      name: 'wasm',
      reason: expect.stringMatching(/^WebAssembly( with SIMD)?, \d+ threads?$/),
      attempts: [
        { name: 'tensorflow-gpu', works: false, reason: '@tensorflow/tfjs-node-gpu is not installed' },
        { name: 'native', works: false, reason: '@footlight/native is not installed' },
        { name: 'tensorflow', works: false, reason: '@tensorflow/tfjs-node is not installed' },
        { name: 'wasm', works: true, reason },
      ],
    });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('takes the one that is named, and the argument before FOOTLIGHT_BACKEND', async () => {
    vi.stubEnv('FOOTLIGHT_BACKEND', 'cpu');
    expect(await useBackend()).toEqual({
      name: 'cpu',
      reason: 'plain JavaScript',
      attempts: [{ name: 'cpu', works: true, reason: 'plain JavaScript' }],
    });
    expect((await useBackend('wasm')).name).toBe('wasm');
  });

  it('refuses a name it does not know', async () => {
    await expect(useBackend('abacus')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: useBackend(name): expected one of tensorflow-gpu, native, tensorflow, wasm, cpu, received abacus.]`,
    );
  });

  it('says why the one that is named does not work', async () => {
    nowhere();
    await expect(useBackend('tensorflow')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: useBackend: expected tensorflow to work, received: @tensorflow/tfjs-node is not installed. Leave the choice to useBackend(), or see doctor().]`,
    );
  });

  it('leaves the backend that worked when another is tried and fails', async () => {
    nowhere();
    await useBackend('cpu');
    expect((await tryBackend('tensorflow')).works).toBe(false);
    expect(tf.getBackend()).toBe('cpu');
  });
});

describe('ensureBackend', () => {
  it('keeps the backend that was chosen', async () => {
    await useBackend('cpu');
    vi.stubEnv('FOOTLIGHT_BACKEND', 'wasm');
    await ensureBackend();
    expect(tf.getBackend()).toBe('cpu');
  });
});
