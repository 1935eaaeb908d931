import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findTensorflowFolder } from './tensorflow-folder.js';

describe('findTensorflowFolder', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('prefers FOOTLIGHT_TENSORFLOW', () => {
    vi.stubEnv('FOOTLIGHT_TENSORFLOW', '/chosen');
    expect(findTensorflowFolder()).toBe('/chosen');
    vi.stubEnv('FOOTLIGHT_TENSORFLOW_GPU', '/other');
    expect(findTensorflowFolder({ gpu: true })).toBe('/other');
  });

  it.runIf(process.platform === 'linux')('uses the cache folder of the platform otherwise', () => {
    vi.stubEnv('FOOTLIGHT_TENSORFLOW', '');
    vi.stubEnv('XDG_CACHE_HOME', '/cache');
    expect(findTensorflowFolder()).toBe('/cache/footlight/tensorflow');
    vi.stubEnv('FOOTLIGHT_TENSORFLOW_GPU', '');
    expect(findTensorflowFolder({ gpu: true })).toBe('/cache/footlight/tensorflow-gpu');
    vi.stubEnv('XDG_CACHE_HOME', undefined);
    expect(findTensorflowFolder()).toBe(join(homedir(), '.cache', 'footlight', 'tensorflow'));
  });
});
