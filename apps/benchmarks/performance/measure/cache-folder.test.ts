import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeNumbers } from '../engine/write-numbers.js';
import { createCacheFolder, getTemporaryFolder } from './cache-folder.js';

describe.runIf(process.platform === 'linux')('createCacheFolder', () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'footlight-cache-'));
    vi.stubEnv('XDG_CACHE_HOME', cache);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true });
  });

  it('creates a folder that only this user can read', () => {
    const folder = createCacheFolder('engine');
    expect(folder).toBe(join(cache, 'footlight-benchmarks/engine'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('refuses a symbolic link that another user has put there, and writes nothing through it', () => {
    mkdirSync(join(cache, 'other'));
    mkdirSync(join(cache, 'footlight-benchmarks'));
    symlinkSync(join(cache, 'other'), join(cache, 'footlight-benchmarks/engine'));
    expect(() => createCacheFolder('engine')).toThrow('received a symbolic link');
    expect(readdirSync(join(cache, 'other'))).toEqual([]);
  });
});

describe('writeNumbers', () => {
  it('writes to a folder that others cannot foresee or read', () => {
    const path = writeNumbers('items', Int32Array.of(7, 11));
    expect(path.startsWith(getTemporaryFolder())).toBe(true);
    expect(existsSync(path)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(getTemporaryFolder()).mode & 0o777).toBe(0o700);
  });
});
