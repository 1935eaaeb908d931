import { describe, expect, it } from 'vitest';
import { isAddon, isCompiled, kernels } from './compiled.js';
import { createGenerator } from './generator.js';
import { type Call, encode, run } from './sequence-runs.js';

const epsilon = 1e-3;

function drawCase(rows: number, dim: number, seed: number) {
  const next = createGenerator(seed);
  const draw = (length: number) => Float32Array.from({ length }, () => 4 * next() - 1);
  return { rows, dim, x: draw(rows * dim), weight: draw(dim), bias: draw(dim), gradients: draw(rows * dim) };
}
type Case = ReturnType<typeof drawCase>;

const cases = [drawCase(1, 1, 1), drawCase(7, 3, 2), drawCase(300, 64, 3), drawCase(131, 37, 4), drawCase(0, 5, 5)];

/** Output and gradients of x, weight and bias, in 64 bits. */
function computeReference({ rows, dim, x, weight, bias, gradients }: Case): Float64Array[] {
  const [out, dx, dw, db] = [rows * dim, rows * dim, dim, dim].map((length) => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / dim;
  for (let row = 0; row < rows; row++) {
    const own = [...x.subarray(row * dim, (row + 1) * dim)];
    const mean = average(own);
    const factor = 1 / Math.sqrt(average(own.map((value) => (value - mean) ** 2)) + epsilon);
    const normal = own.map((value) => (value - mean) * factor);
    const slopes = normal.map((_, i) => gradients[row * dim + i]! * weight[i]!);
    const [first, second] = [average(slopes), average(slopes.map((slope, i) => slope * normal[i]!))];
    normal.forEach((value, i) => {
      out[row * dim + i] = value * weight[i]! + bias[i]!;
      dx[row * dim + i] = factor * (slopes[i]! - first - value * second);
      dw[i]! += gradients[row * dim + i]! * value;
      db[i]! += gradients[row * dim + i]!;
    });
  }
  return [out, dx, dw, db];
}

function runCases(environment: Readonly<Record<string, string>>, given: readonly Case[]): Float32Array[][] {
  const shared = ({ rows, dim, x, weight }: Case) => ({ rows, dim, epsilon, x: encode(x), weight: encode(weight) });
  const forward = run(
    environment,
    given.map((each): Call => {
      const outputs = { out: { out: each.x.length }, outStatistics: { out: 2 * each.rows } };
      return { kernel: 'layerNormalization', given: { ...shared(each), bias: encode(each.bias), ...outputs } };
    }),
  );
  const backward = run(
    environment,
    given.map((each, at): Call => {
      const { x, dim, gradients } = each;
      const saved = { statistics: encode(forward[at]![1]!), gradients: encode(gradients) };
      const outputs = {
        ...{ outXGradient: { out: x.length }, outWeightGradient: { out: dim }, outBiasGradient: { out: dim } },
      };
      return { kernel: 'layerNormalizationGradient', given: { ...shared(each), ...saved, ...outputs } };
    }),
  );
  return forward.map(([out], at) => [out!, ...backward[at]!]);
}

describe.skipIf(!isCompiled)('layerNormalization', () => {
  it.each(isAddon ? ['avx512', 'avx2', 'portable'] : ['WebAssembly'])(
    'has the output and the gradients of its equations: %s',
    (instructions) => {
      const received = runCases({ FOOTLIGHT_INSTRUCTIONS: instructions }, cases);
      received.forEach((arrays, at) => {
        const expected = computeReference(cases[at]!);
        arrays.forEach((array, which) => {
          expect(array).toHaveLength(expected[which]!.length);
          for (const [entry, value] of array.entries())
            expect(Math.abs(value - expected[which]![entry]!), `case ${at}, array ${which}`).toBeLessThan(
              1e-4 * Math.max(1, Math.abs(expected[which]![entry]!)),
            );
        });
      });
    },
  );

  it('gives the same bytes with 1, 2 and 3 threads', () => {
    const given = [drawCase(1100, 61, 6)];
    const [one, two, three] = ['1', '2', '3'].map((threads) => runCases({ FOOTLIGHT_THREADS: threads }, given));
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  it('names wrong arguments in errors', () => {
    const f = (length: number) => new Float32Array(length);
    const right = { rows: 2, dim: 3, epsilon, x: f(6), weight: f(3), bias: f(3), out: f(6) };
    const refused = (wrong: object) => expect(() => kernels.layerNormalization({ ...right, ...wrong }));
    refused({ x: f(5) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: layerNormalization(x): expected 6 numbers, received 5.]`,
    );
    refused({ weight: f(2) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: layerNormalization(weight): expected 3 numbers, received 2.]`,
    );
    refused({ rows: -1 }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: layerNormalization(rows): expected an integer from 0 to 1099511627776, received -1.]`,
    );
    refused({ epsilon: undefined }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: layerNormalization(epsilon): expected a number, received undefined.]`,
    );
    refused({ outStatistics: f(2) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: layerNormalization(outStatistics): expected 4 numbers, received 2.]`,
    );
  });
});
