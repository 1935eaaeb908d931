import { describe, expect, it, vi } from 'vitest';
import { describeEnvironment } from '../run/describe-environment.browser.js';
import { getBaseName, readBytes } from './disk.browser.js';
import { lockCheckpoint } from './lock-checkpoint.browser.js';

describe('files in browsers', () => {
  it('have no paths', async () => {
    expect(getBaseName('folder/model.safetensors')).toBe('model.safetensors');
    await expect(readBytes('a.safetensors')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: path: expected a Blob, received the path a.safetensors. Browsers open no paths: createArtifact makes a Blob, and loadArtifact takes one.]`,
    );
    await expect(lockCheckpoint({ checkpoint: 'a' }, async () => 7)).rejects.toThrow('Browsers write no paths');
    expect(await lockCheckpoint({}, async () => 7)).toBe(7);
  });

  it('are described with the browser', () => {
    vi.stubGlobal('navigator', { userAgent: 'a browser', hardwareConcurrency: 3 });
    expect(describeEnvironment()).toMatchObject({ node: 'none', platform: 'a browser', threads: 3 });
    vi.unstubAllGlobals();
  });
});
