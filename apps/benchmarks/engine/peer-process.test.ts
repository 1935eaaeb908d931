import { describe, expect, it } from 'vitest';
import { environmentOf } from './peer-process.js';

describe('environmentOf', () => {
  it('gives one thread of BLAS to implicit alone', () => {
    expect(environmentOf('implicit-als')).toHaveProperty('OPENBLAS_NUM_THREADS', '1');
    expect(environmentOf('numpy-ranking')).not.toHaveProperty('OPENBLAS_NUM_THREADS');
  });
});
