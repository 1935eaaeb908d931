import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

const lengths = [0, 1, 2, 7, 1001, 40_009]; // the last is longer than one chunk

/** Draws a number of sfc32 and advances the state. */
function drawNext(state: Int32Array): number {
  const [a, b, c, counter] = state as unknown as [number, number, number, number];
  const sum = (a + b + counter) | 0;
  state.set([b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (counter + 1) | 0]);
  return (sum >>> 0) / 2 ** 32;
}

/** Fills an array by Marsaglia's polar method, with both numbers of each pair. */
function fillNormal(out: Float32Array, state: Int32Array, mean: number, deviation: number): void {
  for (let i = 0; i < out.length; ) {
    const [x, y] = [2 * drawNext(state) - 1, 2 * drawNext(state) - 1];
    const square = x * x + y * y;
    if (square >= 1 || square === 0) continue;
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    out[i++] = mean + deviation * (x * scale);
    if (i < out.length) out[i++] = mean + deviation * (y * scale);
  }
}

function fillEach(out: Float32Array, draw: () => number): void {
  for (let i = 0; i < out.length; i++) out[i] = draw();
}

type Fill = (out: Float32Array, state: Int32Array) => void;

/** Fills an array with the kernel and with the reference; returns the bits and the state afterwards for each. */
function compare(length: number, kernel: Fill, reference: Fill) {
  return [kernel, reference].map((fill) => {
    const [out, state] = [new Float32Array(length), Int32Array.of(0x12345678, -0x3456789a, 0x56789abc, length)];
    fill(out, state);
    return [new Int32Array(out.buffer), state];
  }) as [unknown, unknown];
}

describe.skipIf(!isCompiled)('random numbers', () => {
  it.each(lengths)('equal the reference to the last bit, %i normal numbers', (length) => {
    const [actual, expected] = compare(
      length,
      (out, state) => kernels.fillNormal({ out, state, mean: 0.3, deviation: 1.7 }),
      (out, state) => fillNormal(out, state, 0.3, 1.7),
    );
    expect(actual).toEqual(expected);
  });

  it.each(lengths)('equal the reference to the last bit, %i uniform numbers', (length) => {
    const [actual, expected] = compare(
      length,
      (out, state) => kernels.fillUniform({ out, state, low: -3, high: 0.1 }),
      (out, state) => fillEach(out, () => -3 + (0.1 + 3) * drawNext(state)),
    );
    expect(actual).toEqual(expected);
  });

  it.each(lengths)('equal the reference to the last bit, %i numbers of a mask', (length) => {
    for (const rate of [0, 0.3, 0.5, 0.999]) {
      const [actual, expected] = compare(
        length,
        (out, state) => kernels.fillMask({ out, state, rate }),
        (out, state) => fillEach(out, () => (drawNext(state) < rate ? 0 : 1 / (1 - rate))),
      );
      expect(actual).toEqual(expected);
    }
  });

  it('begin like the published sfc32', () => {
    const [out, state] = [new Float32Array(2), Int32Array.of(1, 2, 3, 4)];
    kernels.fillUniform({ out, state, low: 0, high: 2 ** 32 });
    // 1 + 2 + 4 = 7; then a = 2 ^ 2 >> 9 = 2, b = 3 + 3 << 3 = 27, c = 3 << 21 + 7, counter = 5: 2 + 27 + 5 = 34
    expect([...out]).toEqual([7, 34]);
  });

  it('require a state of four words', () => {
    const fillWith = (state: unknown) => () =>
      kernels.fillNormal({ out: new Float32Array(2), state: state as Int32Array, mean: 0, deviation: 1 });
    expect(fillWith(new Int32Array(3))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: fillNormal(state): expected 4 numbers, received 3.]`,
    );
    expect(fillWith(undefined)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: fillNormal(state): expected an Int32Array, received undefined.]`,
    );
  });

  it('require a float array and numbers', () => {
    const state = Int32Array.of(1, 2, 3, 4);
    expect(() =>
      kernels.fillUniform({ out: new Float64Array(2) as unknown as Float32Array, state, low: 0, high: 1 }),
    ).toThrow('fillUniform(out): expected a Float32Array');
    expect(() => kernels.fillMask({ out: new Float32Array(2), state, rate: undefined as unknown as number })).toThrow(
      'fillMask(rate): expected a number',
    );
    expect([...state]).toEqual([1, 2, 3, 4]);
  });
});
