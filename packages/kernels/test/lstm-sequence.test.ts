import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';
import { createGenerator } from './generator.js';
import { createForwardCall, run } from './sequence-runs.js';

const f = (length: number) => new Float32Array(length);

describe.skipIf(!isCompiled)('lstmSequence', () => {
  /** Computes an error in units in the last place. */
  const computeError = (actual: number, expected: number) => {
    const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(expected) || 2 ** -126)));
    return Math.abs(actual - expected) / 2 ** (exponent - 23);
  };

  /** Computes σ, σ, tanh and σ of each number. */
  const activate = (instructions: string, x: ArrayLike<number>): Float32Array => {
    const zeros = new Float32Array(x.length);
    const weights = { weight: Float32Array.of(1, 1, 1, 1), bias: new Float32Array(4), recurrent: new Float32Array(4) };
    const inputs = { input: Float32Array.from(x), ...weights, hidden: zeros, cell: zeros };
    const call = {
      cell: 'lstm',
      batch: x.length,
      time: 1,
      inputDim: 1,
      dim: 1,
      inputs,
      mask: undefined,
      weights: {},
    } as const;
    return run({ FOOTLIGHT_INSTRUCTIONS: instructions }, [createForwardCall(call)])[0]![2]!;
  };

  it.each(['avx512', 'avx2', 'portable'])('has σ and tanh within 4 units in the last place: %s', (instructions) => {
    const random = createGenerator(5);
    const x = Float32Array.from({ length: 4096 }, (_, at) => (random() - 0.5) * 2 ** ((at % 32) - 24));
    const activations = activate(instructions, x);
    let [sigmoidError, tanhError] = [0, 0];
    for (const [at, value] of x.entries()) {
      sigmoidError = Math.max(sigmoidError, computeError(activations[4 * at]!, 1 / (1 + Math.exp(-value))));
      tanhError = Math.max(tanhError, computeError(activations[4 * at + 2]!, Math.tanh(value)));
    }
    expect(sigmoidError).toBeLessThan(4);
    expect(tanhError).toBeLessThan(4);
  });

  it.each(['avx512', 'avx2', 'portable'])('has the limits of σ and tanh: %s', (instructions) => {
    const x = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e30, 200, -200, 0, Number.NaN];
    const activations = activate(instructions, x);
    expect(x.map((_, at) => activations[4 * at])).toEqual([1, 0, 1, 0, 1, 0, 0.5, Number.NaN]);
    expect(x.map((_, at) => activations[4 * at + 2])).toEqual([1, -1, 1, -1, 1, -1, 0, Number.NaN]);
  });

  it('has the value of its equation', () => {
    // Gates 3 · 2 − 6 = 0: σ = ½, tanh = 0, so c₁ = ½ · 4 + ½ · 0 = 2 and h₁ = ½ tanh 2. The recurrent weight is 0, so
    // c₂ = 1 and h₂ = ½ tanh 1.
    const [hidden, cell, saved] = [f(2), f(2), f(8)];
    kernels.lstmSequence({
      ...{ batch: 1, time: 2, inputDim: 1, dim: 1, input: Float32Array.of(3, 3) },
      ...{ weight: f(4).fill(2), bias: f(4).fill(-6), recurrent: f(4) },
      ...{ hidden: Float32Array.of(7), cell: Float32Array.of(4) },
      ...{ outHiddenStates: hidden, outCellStates: cell, outSaved: saved },
    });
    expect(hidden[0]).toBeCloseTo(Math.tanh(2) / 2, 6);
    expect(hidden[1]).toBeCloseTo(Math.tanh(1) / 2, 6);
    expect([...cell]).toEqual([2, 1]);
    expect([...saved]).toEqual([0.5, 0.5, 0, 0.5, 0.5, 0.5, 0, 0.5]);
  });
});
