import { ensureBackend } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { countParameters } from './count-parameters.js';
import bilinear from './experiments/triplet/bilinear.js';
import deep from './experiments/triplet/deep.js';
import popularity from './experiments/triplet/popularity.js';

describe('countParameters', () => {
  beforeAll(() => ensureBackend());

  it('counts what the lab prints: 944 users and 1683 items with its unused id 0', () => {
    const lab = { users: 944, items: 1683 };
    expect(countParameters(bilinear, lab)).toBe((944 + 1683) * 64); // 168,128
    expect(countParameters(deep, lab)).toBe(944 * 32 + 1683 * 64 + (96 + 1) * 128 + (128 + 1)); // 150,465
    expect(countParameters(popularity, lab)).toBe(0);
  });
});
