import { describe, expect, it, vi } from 'vitest';
import { startRuntime } from '../wasm/runtime.js';

vi.setConfig({ testTimeout: 60_000 }); // a million values

const { exports } = await startRuntime({ threads: 1, limitBytes: 2 ** 24 });
const libm = exports as unknown as Record<'expf' | 'logf' | 'sinf' | 'cosf' | 'log', (x: number) => number> & {
  powf(x: number, y: number): number;
};

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** The distance from a float to the next one that is larger in size. */
function getUlp(value: number): number {
  float[0] = Math.abs(value);
  bits[0]! += 1;
  const next = float[0]!;
  bits[0]! -= 1;
  return next - float[0]!;
}

/** How many units in the last place a result is away from the right value, a double. */
function countUlps(result: number, right: number): number {
  const rounded = Math.fround(right);
  if (Object.is(result, rounded)) return Math.abs(right - rounded) / getUlp(rounded);
  if (!Number.isFinite(rounded) || !Number.isFinite(result)) return Number.POSITIVE_INFINITY;
  return Math.abs(result - right) / getUlp(rounded);
}

/** Floats of every exponent and sign, and of the range in which functions are not constant. */
function* listFloats(count: number): Generator<number> {
  let state = 1;
  for (let n = 0; n < count; n++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bits[0] = state;
    yield float[0]!;
    yield Math.fround((state / 2 ** 32 - 0.5) * 220);
    yield Math.fround(Math.exp((state / 2 ** 32 - 0.5) * 4));
  }
}

function findWorst(own: (x: number) => number, right: (x: number) => number, count = 100_000) {
  let worst = { ulps: 0, x: 0, received: 0, expected: 0 };
  for (const x of listFloats(count)) {
    const [received, expected] = [own(x), right(x)];
    const ulps = countUlps(received, expected);
    if (ulps > worst.ulps) worst = { ulps, x, received, expected };
  }
  return worst;
}

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe('libm of the WebAssembly build', () => {
  it.each([
    ['expf', libm.expf, Math.exp],
    ['logf', libm.logf, Math.log],
    ['sinf', libm.sinf, Math.sin],
    ['cosf', libm.cosf, Math.cos],
  ] as const)('rounds %s as the double of JavaScript, but for one in ten thousand ulps', (_, own, right) => {
    const worst = findWorst(own, right);
    expect(worst.ulps, JSON.stringify(worst)).toBeLessThan(0.5001);
  });

  it('raises floats to powers', () => {
    for (const y of [0, 0.5, 1, 2, 3, -1, -0.75, 1 / 3, 7, 31, 1e-3, 250.25, 2 ** 24, -infinity, infinity, nan]) {
      const exponent = Math.fround(y);
      const worst = findWorst(
        (x) => libm.powf(x, exponent),
        (x) => (x === 1 || (x === -1 && Math.abs(exponent) === infinity) ? 1 : x ** exponent),
        10_000,
      );
      expect(worst.ulps, JSON.stringify({ y, ...worst })).toBeLessThan(0.5001);
    }
  });

  it('has a logarithm of doubles', () => {
    let worst = 0;
    for (const x of listFloats(100_000))
      if (x > 0) worst = Math.max(worst, Math.abs(libm.log(x) / Math.log(x) - 1) / Number.EPSILON);
    for (const x of [5e-324, 1e-310, 1e300, Number.MAX_VALUE, 1 - Number.EPSILON / 2, 1 + Number.EPSILON])
      worst = Math.max(worst, Math.abs(libm.log(x) / Math.log(x) - 1) / Number.EPSILON);
    expect(worst).toBeLessThanOrEqual(2);
  });

  it('follows the C standard where nothing is near', () => {
    expect([0, -0, infinity, -infinity, nan].map(libm.expf)).toEqual([1, 1, infinity, 0, nan]);
    expect([0, -0, 1, infinity, -1, -infinity, nan].map(libm.logf)).toEqual([
      -infinity,
      -infinity,
      0,
      infinity,
      nan,
      nan,
      nan,
    ]);
    expect([0, -0, 1, infinity, -1, nan].map(libm.log)).toEqual([-infinity, -infinity, 0, infinity, nan, nan]);
    expect([0, -0, infinity, -infinity, nan].map(libm.sinf)).toEqual([0, -0, nan, nan, nan]);
    expect([0, -0, infinity, nan].map(libm.cosf)).toEqual([1, 1, nan, nan]);
    expect(libm.powf(nan, 0)).toBe(1);
    expect(libm.powf(1, nan)).toBe(1);
    expect(libm.powf(-1, infinity)).toBe(1);
    expect(libm.powf(-0, 3)).toBe(-0);
    expect(libm.powf(-0, -3)).toBe(-infinity);
    expect(libm.powf(-0, -2)).toBe(infinity);
    expect(libm.powf(-infinity, 3)).toBe(-infinity);
    expect(libm.powf(-infinity, -3)).toBe(-0);
    expect(libm.powf(-8, Math.fround(1 / 3))).toBe(nan);
  });

  it('reduces the largest angles', () => {
    for (const x of [2 ** 20, 2 ** 20 - 0.0625, 16367173 * 2 ** 72, 3.4028234663852886e38, 1e22].map(Math.fround)) {
      expect(countUlps(libm.sinf(x), Math.sin(x)), `sin ${x}`).toBeLessThan(0.5001);
      expect(countUlps(libm.cosf(-x), Math.cos(x)), `cos ${x}`).toBeLessThan(0.5001);
    }
  });
});
