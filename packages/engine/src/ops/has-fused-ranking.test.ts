import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/index.js';
import { tf } from '../tfjs/tfjs.js';
import { hasFusedRanking } from './has-fused-ranking.js';

describeOnBackends('hasFusedRanking', (backend) => {
  const isFused = ['native', 'wasm', 'wasm-relaxed'].includes(backend);
  it(`is ${isFused} on ${backend}`, () => {
    expect(tf.getBackend()).toBe(backend);
    expect(hasFusedRanking()).toBe(isFused);
  });
});
