import { describe, expect, it } from 'vitest';
import { erfc, erfcx } from './erf.js';

// Values of scipy.special.erfc and erfcx.
const values = [
  [-2, 1.9953222650189528, 0.2553956763105058],
  [-0.3, 1.3286267594591274, 0.7345993345676554],
  [0, 1, 1],
  [0.2, 0.7772974107895215, 0.8090195199015808],
  [1, 0.15729920705028516, 0.427583576155807],
  [3, 2.2090496998585445e-5, 0.17900115118138998],
  [6, 2.1519736712498913e-17, 0.09277656780053836],
  [20, 5.395865611607901e-176, 0.028174348741051323],
] as const;

describe('erfc', () => {
  it.each(values)('is that of SciPy at %d', (x, expected, scaled) => {
    expect(Math.abs(erfc(x) / expected - 1)).toBeLessThan(1e-13);
    expect(Math.abs(erfcx(Math.abs(x)) / scaled - 1)).toBeLessThan(1e-14);
  });
});
