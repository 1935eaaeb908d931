import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadNativeKernels } from '../backends/kernels/load-kernels.js';
import { listTestBackends } from './describe-on-backends.js';

afterEach(() => vi.unstubAllEnvs());

describe('listTestBackends', () => {
  const every = loadNativeKernels() ? ['cpu', 'wasm', 'native'] : ['cpu', 'wasm'];

  it('takes the names of FOOTLIGHT_TEST_BACKENDS', () => {
    vi.stubEnv('FOOTLIGHT_TEST_BACKENDS', 'wasm, tensorflow');
    expect(listTestBackends()).toEqual(['wasm', 'tensorflow']);
    expect(listTestBackends({ all: true })).toEqual(['wasm', 'tensorflow']);
  });

  it('takes the fastest alone, unless tests compare backends', () => {
    vi.stubEnv('FOOTLIGHT_TEST_BACKENDS', 'fastest');
    expect(listTestBackends()).toEqual([every.at(-1)]);
    expect(listTestBackends({ all: true })).toEqual(every);
  });

  it('takes all that come along by default', () => {
    vi.stubEnv('FOOTLIGHT_TEST_BACKENDS', undefined);
    expect(listTestBackends()).toEqual(every);
  });
});
