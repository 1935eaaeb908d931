import { describe, expect, it } from 'vitest';
import { describeEnvironment } from './describe-environment.js';

describe('environment', () => {
  it('names this Node and the versions of what computes', () => {
    const { node, threads, versions } = describeEnvironment();
    expect(node).toBe(process.version);
    expect(threads).toBeGreaterThan(0);
    expect(versions).toEqual({
      footlight: expect.stringMatching(/^\d+\.\d+\.\d+/),
      '@tensorflow/tfjs': expect.stringMatching(/^4\./),
    });
  });
});
