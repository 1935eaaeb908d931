import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

describe.skipIf(!isCompiled)('arguments', () => {
  const f = (length: number) => new Float32Array(length);
  const sizes = { batch: 3, time: 5, inputDim: 7, dim: 2 };
  const gradients = {
    ...{ outInputGradient: f(105), outWeightGradient: f(56), outBiasGradient: f(8) },
    ...{ outRecurrentGradient: f(16), outHiddenGradient: f(6), outCellGradient: f(6) },
  };

  it('of lstmSequence are named in errors', () => {
    const options = {
      ...{ ...sizes, input: f(105), weight: f(56), bias: f(8), recurrent: f(16), hidden: f(6), cell: f(6) },
      ...{ outHiddenStates: f(30), outCellStates: f(30), outSaved: f(120) },
    };
    const refused = (wrong: object) => expect(() => kernels.lstmSequence({ ...options, ...wrong }));
    refused({ input: f(104) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(input): expected 105 numbers, received 104.]`,
    );
    refused({ weight: f(42) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(weight): expected 56 numbers, received 42.]`,
    );
    refused({ bias: f(6) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(bias): expected 8 numbers, received 6.]`,
    );
    refused({ recurrent: new Float64Array(16) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(recurrent): expected a Float32Array, received a Float64Array of 16 numbers.]`,
    );
    refused({ mask: f(3) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(mask): expected 15 numbers, received 3.]`,
    );
    refused({ time: 0 }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(time): expected an integer from 1 to 4194304, received 0.]`,
    );
    refused({ outHiddenStates: f(60) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(outHiddenStates): expected 30 numbers, received 60.]`,
    );
    refused({ outCellStates: f(29) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(outCellStates): expected 30 numbers, received 29.]`,
    );
    refused({ outSaved: f(119) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: lstmSequence(outSaved): expected 120 numbers, received 119.]`,
    );
  });

  it('of mLstmSequenceGradient are named in errors', () => {
    const options = {
      ...{ ...sizes, ...gradients, input: f(105), weight: f(56), recurrent: f(16), hidden: f(6), cell: f(6) },
      ...{ multiplier: f(30), recurrentMultiplier: f(4), hiddenStates: f(30), cellStates: f(30), saved: f(150) },
      ...{ hiddenGradients: f(30), outMultiplierGradient: f(30) },
      ...{ outRecurrentMultiplierGradient: f(4), outRecurrentMultiplierBiasGradient: f(2) },
    };
    const refused = (wrong: object) => expect(() => kernels.mLstmSequenceGradient({ ...options, ...wrong }));
    refused({}).not.toThrow();
    refused({ saved: f(120) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mLstmSequenceGradient(saved): expected 150 numbers, received 120.]`,
    );
    refused({ cellGradients: f(60) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mLstmSequenceGradient(cellGradients): expected 30 numbers, received 60.]`,
    );
    refused({ outRecurrentMultiplierBiasGradient: f(3) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mLstmSequenceGradient(outRecurrentMultiplierBiasGradient): expected 2 numbers, received 3.]`,
    );
  });

  it('of gruSequenceGradient are named in errors', () => {
    const { outCellGradient: _, ...lstm } = gradients;
    const options = {
      ...{ ...sizes, ...lstm, input: f(105), weight: f(42), recurrent: f(12), hidden: f(6), hiddenStates: f(30) },
      ...{ saved: f(120), hiddenGradients: f(30), outWeightGradient: f(42), outBiasGradient: f(6) },
      ...{ outRecurrentGradient: f(12), outRecurrentBiasGradient: f(6) },
    };
    const refused = (wrong: object) => expect(() => kernels.gruSequenceGradient({ ...options, ...wrong }));
    refused({}).not.toThrow();
    refused({ mask: f(14) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: gruSequenceGradient(mask): expected 15 numbers, received 14.]`,
    );
    refused({ outRecurrentBiasGradient: f(2) }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: gruSequenceGradient(outRecurrentBiasGradient): expected 6 numbers, received 2.]`,
    );
  });
});
