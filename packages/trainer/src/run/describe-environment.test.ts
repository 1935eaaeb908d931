import { describe, expect, it } from 'vitest';
import { describeEnvironment } from './describe-environment.js';

describe('describeEnvironment', () => {
  it('names the versions of Node and of the packages that compute', () => {
    const { node, threads, versions } = describeEnvironment();
    expect(node).toBe(process.version);
    expect(threads).toBeGreaterThan(0);
    expect(versions).toEqual({
      footlight: expect.stringMatching(/^\d+\.\d+\.\d+/),
      '@tensorflow/tfjs-core': expect.stringMatching(/^4\./),
    });
  });
});
