import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { tf } from './tfjs/tfjs.js';
import { type BackendName, backendNames, ensureBackend, tryBackend, useBackend } from './use-backend.js';

vi.mock('./backends/kernels/load-kernels.js', () => ({
  loadNativeKernels: () => undefined,
  explainMissingKernels: () => 'no C++ kernels for this platform',
}));

afterEach(() => vi.unstubAllEnvs());

/** Hides the TensorFlow that the command line may have installed on this machine. */
const hideTensorflow = () => {
  vi.stubEnv('FOOTLIGHT_TENSORFLOW', '/nowhere');
  vi.stubEnv('FOOTLIGHT_TENSORFLOW_GPU', '/nowhere');
};

describe('useBackend', () => {
  it('starts the first backend that works and explains why those before it do not', async () => {
    hideTensorflow();
    vi.stubEnv('FOOTLIGHT_BACKEND', '');
    const { name, reason, attempts } = await useBackend();
    expect({ name, reason, attempts }).toEqual({
      name: 'wasm',
      reason: expect.stringMatching(/^WebAssembly with SIMD, \d+ threads?$/),
      attempts: [
        { name: 'native', works: false, reason: 'no C++ kernels for this platform' },
        { name: 'wasm', works: true, reason },
      ],
    });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('prefers nothing to the C++ kernels, and stops at plain JavaScript', () => {
    expect(backendNames).toEqual(['native', 'wasm', 'cpu', 'wasm-relaxed', 'tensorflow', 'tensorflow-gpu', 'webgpu']);
  });

  it('starts the named backend; the argument takes precedence over FOOTLIGHT_BACKEND', async () => {
    vi.stubEnv('FOOTLIGHT_BACKEND', 'cpu');
    expect(await useBackend()).toEqual({
      name: 'cpu',
      reason: 'plain JavaScript',
      attempts: [{ name: 'cpu', works: true, reason: 'plain JavaScript' }],
    });
    expect((await useBackend('wasm')).name).toBe('wasm');
  });

  it('refuses an unknown name', async () => {
    await expect(useBackend('abacus' as BackendName)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: useBackend(name): expected one of native, wasm, cpu, wasm-relaxed, tensorflow, tensorflow-gpu, webgpu, received abacus.]`,
    );
  });

  it('explains why the named backend does not work', async () => {
    hideTensorflow();
    await expect(useBackend('tensorflow')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: useBackend: expected tensorflow to work, received: @tensorflow/tfjs-node is not installed. Name no backend to get the best one that works, or see doctor().]`,
    );
  });

  it.skipIf(process.platform === 'win32')('runs no TensorFlow from a folder that others can write to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'footlight-tensorflow-'));
    const binding = join(folder, 'node_modules/@tensorflow/tfjs-node');
    mkdirSync(binding, { recursive: true });
    writeFileSync(join(binding, 'package.json'), '{ "main": "index.js" }');
    writeFileSync(join(binding, 'index.js'), "throw new Error('was run');");
    vi.stubEnv('FOOTLIGHT_TENSORFLOW', folder);
    expect(await tryBackend('tensorflow')).not.toMatchObject({ reason: expect.stringContaining('expected a folder') });
    chmodSync(folder, 0o777);
    expect(await tryBackend('tensorflow')).toMatchObject({
      works: false,
      reason: expect.stringMatching(/: expected a folder of this user .*, received one with the permissions 777\./),
    });
    rmSync(folder, { recursive: true });
  });

  it('keeps the backend in use when another one fails to start', async () => {
    hideTensorflow();
    await useBackend('cpu');
    expect((await tryBackend('tensorflow')).works).toBe(false);
    expect(tf.getBackend()).toBe('cpu');
  });
});

describe('ensureBackend', () => {
  it('keeps the backend in use', async () => {
    await useBackend('cpu');
    vi.stubEnv('FOOTLIGHT_BACKEND', 'wasm');
    await ensureBackend();
    expect(tf.getBackend()).toBe('cpu');
  });
});
