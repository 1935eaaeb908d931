import { afterEach, describe, expect, it, vi } from 'vitest';
import { useBackend } from '../use-backend.js';
import { checkEnvironment } from './check-environment.js';

describe('checkEnvironment', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(['', '1', '16', '256'])('accepts %o threads', (threads) => {
    vi.stubEnv('FOOTLIGHT_THREADS', threads);
    expect(checkEnvironment()).toBeUndefined();
  });

  it.each(['abc', '-1', '0', '1.5', '1e2', '257', '99999999999999999999', '4 '])('refuses %o threads', (threads) => {
    vi.stubEnv('FOOTLIGHT_THREADS', threads);
    expect(() => checkEnvironment()).toThrow(
      `FOOTLIGHT_THREADS: expected an integer from 1 to 256, received ${threads}. Correct or unset it.`,
    );
  });

  it('refuses instruction sets that it does not know, before a backend starts', async () => {
    vi.stubEnv('FOOTLIGHT_INSTRUCTIONS', 'avx2');
    expect(checkEnvironment()).toBeUndefined();
    vi.stubEnv('FOOTLIGHT_INSTRUCTIONS', 'sse2');
    await expect(useBackend('cpu')).rejects.toThrow(
      'FOOTLIGHT_INSTRUCTIONS: expected one of portable, avx2, avx512, received sse2. Correct or unset it.',
    );
  });

  it('names the variable that names a backend', async () => {
    vi.stubEnv('FOOTLIGHT_BACKEND', '__proto__');
    await expect(useBackend()).rejects.toThrow(
      'FOOTLIGHT_BACKEND: expected one of native, wasm, cpu, wasm-relaxed, ' +
        'tensorflow, tensorflow-gpu, webgpu, received __proto__.',
    );
  });
});
