import { describe, expect, it } from 'vitest';
import { setTarget } from './wasm-suite.js';

describe('setTarget', () => {
  const compute = (group: string, name: string) =>
    setTarget({ group, name, unit: 'epoch', maxRatio: 9, prepare: () => expect.fail() }).maxRatio;

  it('gives the cases the targets of WebAssembly', () => {
    expect(compute('Sequences', 'LSTM, dim 64')).toBe(1.5);
    expect(compute('Sequences', 'mLSTM, dim 64')).toBe(0.5);
    expect(compute('Factorization, MovieLens 1M', 'BPR')).toBe(0.5);
    expect(compute('Matrix products', 'fp32')).toBeUndefined();
  });
});
