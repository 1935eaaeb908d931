import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

describe.skipIf(!isCompiled)('arguments', () => {
  const f = (length: number) => new Float32Array(length);
  const sizes = [3, 5, 7, 2]; // batch, time, inputDim, dim

  it('of lstmSequence are named in errors', () => {
    // batch 3, time 5, inputDim 7, dim 2
    const refused = (at: number, value: unknown) => {
      const given: unknown[] = [f(105), f(56), f(8), f(16), f(6), f(6), undefined, 3, 5, 7, 2, f(30), f(30), f(120)];
      const call = kernels.lstmSequence as (...values: unknown[]) => void;
      return expect(() => call(...given.with(at, value)));
    };
    refused(0, f(104)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(input): expected 105 numbers, received 104.]`,
    );
    refused(1, f(42)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(weight): expected 56 numbers, received 42.]`,
    );
    refused(2, f(6)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(bias): expected 8 numbers, received 6.]`,
    );
    refused(3, new Float64Array(16)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(recurrent): expected a Float32Array, received a Float64Array of 16 numbers.]`,
    );
    refused(6, f(3)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(mask): expected 15 numbers, received 3.]`,
    );
    refused(8, 0).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(time): expected an integer from 1 to 4194304, received 0.]`,
    );
    refused(11, f(60)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(outHidden): expected 30 numbers, received 60.]`,
    );
    refused(12, f(29)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(outCell): expected 30 numbers, received 29.]`,
    );
    refused(13, f(119)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(outKept): expected 120 numbers, received 119.]`,
    );
  });

  it('of mLstmSequenceGradient are named in errors', () => {
    const inputs = [f(105), f(56), f(16), f(6), f(6), f(30), f(4), undefined];
    const saved = [f(30), f(30), f(150), f(30), undefined];
    const given: unknown[] = [...inputs, ...saved, ...sizes, f(105), f(56), f(8), f(16), f(6), f(6), f(30), f(4), f(2)];
    const call = kernels.mLstmSequenceGradient as (...values: unknown[]) => void;
    expect(() => call(...given)).not.toThrow();
    expect(() => call(...given.with(10, f(120)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mLstmSequenceGradient(kept): expected 150 numbers, received 120.]`,
    );
    expect(() => call(...given.with(12, f(60)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mLstmSequenceGradient(cellSlopes): expected 30 numbers, received 60.]`,
    );
    expect(() => call(...given.with(25, f(3)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mLstmSequenceGradient(outRecurrentMultiplierBias): expected 2 numbers, received 3.]`,
    );
  });

  it('of gruSequenceGradient are named in errors', () => {
    const inputs = [f(105), f(42), f(12), f(6), undefined];
    const given: unknown[] = [...inputs, f(30), f(120), f(30), ...sizes, f(105), f(42), f(6), f(12), f(6), f(6)];
    const call = kernels.gruSequenceGradient as (...values: unknown[]) => void;
    expect(() => call(...given)).not.toThrow();
    expect(() => call(...given.with(4, f(14)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: gruSequenceGradient(mask): expected 15 numbers, received 14.]`,
    );
    expect(() => call(...given.with(16, f(2)))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: gruSequenceGradient(outRecurrentBias): expected 6 numbers, received 2.]`,
    );
  });
});
