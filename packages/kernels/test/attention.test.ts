// structure: one kernel with its reference, its calls and its errors.
import { describe, expect, it } from 'vitest';
import { isAddon, isCompiled, kernels } from './compiled.js';
import { createGenerator } from './generator.js';
import { type Call, encode, encodeInts, run } from './sequence-runs.js';

interface Case {
  readonly dim: number;
  readonly heads: number;
  readonly causal: boolean;
  readonly dropout: number;
  readonly seed: number;
  readonly stepOffsets: Int32Array;
  readonly sourceOffsets: Int32Array;
  readonly mask?: Float32Array;
  /** queries, keys, values, gradients of the output */
  readonly vectors: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
}

const sum = (lengths: readonly number[]) =>
  Int32Array.from([0, ...lengths.map((_, at) => lengths.slice(0, at + 1).reduce((a, b) => a + b))]);

function drawCase(
  given: { steps: number[]; sources?: number[]; dim: number; heads: number } & Partial<Case>,
  seed: number,
): Case {
  const { steps, sources = steps, dim, heads, causal = false, dropout = 0 } = given;
  const next = createGenerator(seed);
  const draw = (length: number) => Float32Array.from({ length }, () => 4 * next() - 2);
  const [stepOffsets, sourceOffsets] = [sum(steps), sum(sources)];
  const [stepCount, sourceCount] = [stepOffsets.at(-1)! * dim, sourceOffsets.at(-1)! * dim];
  const mask = Float32Array.from({ length: sourceOffsets.at(-1)! }, () => (next() < 0.7 ? 1 : 0));
  const vectors = [draw(stepCount), draw(sourceCount), draw(sourceCount), draw(stepCount)] as const;
  return {
    dim,
    heads,
    causal,
    dropout,
    seed: 7 * seed,
    stepOffsets,
    sourceOffsets,
    vectors,
    ...(seed % 2 && { mask }),
  };
}

const cases = [
  drawCase({ steps: [5, 2], dim: 6, heads: 3, causal: true }, 1),
  drawCase({ steps: [70, 1, 0, 31], dim: 34, heads: 2, causal: true }, 2),
  drawCase({ steps: [7, 0, 25], sources: [11, 3, 50], dim: 15, heads: 3 }, 3),
  drawCase({ steps: [9, 33], sources: [40, 0], dim: 64, heads: 1, dropout: 0.3 }, 4),
  drawCase({ steps: [26, 48], dim: 20, heads: 4, causal: true, dropout: 0.5 }, 5),
  drawCase({ steps: [], dim: 2, heads: 1 }, 6),
];

/** A hash of 32 bits, for the factors of the dropout as the kernel's header defines them. */
function mix(bits: number): number {
  let x = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0xd35a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** Output and gradients of queries, keys and values in 64 bits, number by number. */
function computeReference({ dim, heads, causal, dropout, seed, stepOffsets, sourceOffsets, mask, vectors }: Case) {
  const [queries, keys, values, gradients] = vectors;
  const d = dim / heads;
  const result = [queries, queries, keys, values].map(({ length }) => new Float64Array(length));
  const forEach = (visit: (row: number, head: number, step: number, time: number) => void) => {
    for (let row = 0; row + 1 < stepOffsets.length; row++)
      for (let head = 0; head < heads; head++)
        for (let step = stepOffsets[row]!; step < stepOffsets[row + 1]!; step++)
          visit(row, head, step, step - stepOffsets[row]!);
  };
  const dot = (a: Float32Array, i: number, b: Float32Array, j: number, head: number) => {
    let total = 0;
    for (let e = head * d; e < (head + 1) * d; e++) total += a[i * dim + e]! * b[j * dim + e]!;
    return total;
  };
  forEach((row, head, step, time) => {
    const first = sourceOffsets[row]!;
    const found = Array.from({ length: sourceOffsets[row + 1]! - first }, (_, j) => j).filter(
      (j) => (!causal || j <= time) && mask?.[first + j] !== 0,
    );
    const scores = found.map((j) => dot(queries, step, keys, first + j, head) / Math.sqrt(d));
    const exponentials = scores.map((score) => Math.exp(score - Math.max(...scores)));
    const total = exponentials.reduce((a, b) => a + b, 0);
    const own = mix(seed + Math.imul(step * heads + head, 0x9e3779b9));
    const factors = found.map((j) =>
      dropout === 0 ? 1 : mix(own + Math.imul(j, 0x9e3779b9)) < Math.floor(dropout * 2 ** 32) ? 0 : 1 / (1 - dropout),
    );
    const weights = exponentials.map((each) => each / total);
    const slopes = found.map((j, at) => factors[at]! * dot(gradients, step, values, first + j, head));
    const mean = slopes.reduce((all, slope, at) => all + slope * weights[at]!, 0);
    found.forEach((j, at) => {
      const [weight, slope] = [weights[at]! * factors[at]!, (weights[at]! * (slopes[at]! - mean)) / Math.sqrt(d)];
      for (let e = head * d; e < (head + 1) * d; e++) {
        const [s, o] = [step * dim + e, (first + j) * dim + e];
        result[0]![s]! += weight * values[o]!;
        result[1]![s]! += slope * keys[o]!;
        result[2]![o]! += slope * queries[s]!;
        result[3]![o]! += weight * gradients[s]!;
      }
    });
  });
  return result;
}

function createCalls(given: Case, backward?: readonly [Float32Array, Float32Array]): Call {
  const { vectors, stepOffsets, sourceOffsets, mask, ...options } = given;
  const [queries, keys, values, gradients] = vectors;
  const shared = {
    ...{ ...options, queries: encode(queries), keys: encode(keys), values: encode(values) },
    ...{
      stepOffsets: encodeInts(stepOffsets),
      sourceOffsets: encodeInts(sourceOffsets),
      ...(mask && { mask: encode(mask) }),
    },
  };
  const normalizers = 2 * stepOffsets.at(-1)! * given.heads;
  if (!backward)
    return {
      kernel: 'attention',
      given: { ...shared, out: { out: queries.length }, outNormalizers: { out: normalizers } },
    };
  const saved = { means: encode(backward[0]), normalizers: encode(backward[1]), gradients: encode(gradients) };
  const outputs = { outQueryGradients: queries, outKeyGradients: keys, outValueGradients: values };
  const requested = Object.entries(outputs).map(([name, { length }]) => [name, { out: length }]);
  return { kernel: 'attentionGradient', given: { ...shared, ...saved, ...Object.fromEntries(requested) } };
}

function runCases(environment: Readonly<Record<string, string>>, given: readonly Case[]): Float32Array[][] {
  const forward = run(
    environment,
    given.map((each) => createCalls(each)),
  );
  const backward = run(
    environment,
    given.map((each, at) => createCalls(each, forward[at] as [Float32Array, Float32Array])),
  );
  return forward.map(([out], at) => [out!, ...backward[at]!]);
}

describe.skipIf(!isCompiled)('attention', () => {
  it.each(isAddon ? ['avx512', 'avx2', 'portable'] : ['WebAssembly'])(
    'has the output and the gradients of its equations: %s',
    (instructions) => {
      const received = runCases({ FOOTLIGHT_INSTRUCTIONS: instructions }, cases);
      received.forEach((arrays, at) => {
        const expected = computeReference(cases[at]!);
        arrays.forEach((array, which) => {
          expect(array).toHaveLength(expected[which]!.length);
          for (const [entry, value] of array.entries())
            expect(
              Math.abs(value - expected[which]![entry]!),
              `case ${at}, array ${which}, entry ${entry}`,
            ).toBeLessThan(2e-5 * Math.max(1, Math.abs(expected[which]![entry]!)));
        });
      });
    },
  );

  it('gives the same bytes with 1, 2 and 3 threads', () => {
    const given = [drawCase({ steps: [61, 7, 90, 33, 80], dim: 48, heads: 3, causal: true, dropout: 0.2 }, 8)];
    const [one, two, three] = ['1', '2', '3'].map((threads) => runCases({ FOOTLIGHT_THREADS: threads }, given));
    expect(two).toEqual(one);
    expect(three).toEqual(one);
  });

  it('does not read sources under the mask', () => {
    const given = cases[2]!;
    const hide = (x: Float32Array) =>
      x.map((value, at) => (given.mask![Math.floor(at / given.dim)] === 0 ? Number.NaN : value));
    const [queries, keys, values, gradients] = given.vectors;
    const received = runCases({}, [given, { ...given, vectors: [queries, hide(keys), hide(values), gradients] }]);
    expect(received[1]).toEqual(received[0]);
  });

  it('names wrong arguments in errors', () => {
    const f = (length: number) => new Float32Array(length);
    const offsets = Int32Array.of(0, 2, 3);
    const right = {
      ...{ queries: f(12), keys: f(12), values: f(12), stepOffsets: offsets, sourceOffsets: offsets },
      ...{ dim: 4, heads: 2, out: f(12) },
    };
    const refused = (wrong: object) => expect(() => kernels.attention({ ...right, ...wrong }));
    refused({ heads: 3 }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(heads): expected a divisor of dim, 4, received 3.]`,
    );
    refused({ dim: 0 }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(dim): expected an integer from 1 to 16384, received 0.]`,
    );
    refused({ queries: f(13) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(queries): expected 12 numbers, received 13.]`,
    );
    refused({ keys: f(16) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(sourceOffsets): expected 0, then ascending to the 4 entries, received others.]`,
    );
    refused({ values: f(8) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(values): expected 12 numbers, received 8.]`,
    );
    refused({ mask: f(2) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(mask): expected 3 numbers, received 2.]`,
    );
    refused({ sourceOffsets: Int32Array.of(0, 3) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(sourceOffsets): expected 3 numbers, received 2.]`,
    );
    refused({ stepOffsets: Int32Array.of(0, 4, 3) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(stepOffsets): expected 0, then ascending to the 3 entries, received others.]`,
    );
    refused({ stepOffsets: undefined }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(stepOffsets): expected an Int32Array of at least one number, received undefined.]`,
    );
    refused({ dropout: 1 }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(dropout): expected a number from 0 to below 1, received 1.]`,
    );
    refused({ dropout: Number.NaN }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(dropout): expected a number from 0 to below 1, received NaN.]`,
    );
    refused({ dropout: 0.5, seed: -1 }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(seed): expected an integer from 0 to 4294967295, received -1.]`,
    );
    refused({ outNormalizers: f(6) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(outNormalizers): expected 12 numbers, received 6.]`,
    );
    refused({ out: right.queries }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: attention(out): expected memory that no other argument reads or writes, received memory that queries has, too.]`,
    );
  });
});
