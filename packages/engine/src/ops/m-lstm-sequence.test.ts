import { describe, expect, it } from 'vitest';
import { tf } from '../tfjs/tfjs.js';
import { type MLstmSequenceInputs, mLstmSequence } from './m-lstm-sequence.js';

describe('mLstmSequence', () => {
  it('refuses shapes that disagree', () => {
    const inputs = {
      ...{ input: tf.zeros([3, 5, 7]), weight: tf.zeros([7, 8]), bias: tf.zeros([8]), recurrent: tf.zeros([2, 8]) },
      ...{ hidden: tf.zeros([3, 2]), cell: tf.zeros([3, 2]) },
      ...{
        multiplier: tf.zeros([3, 5, 2]),
        recurrentMultiplier: tf.zeros([2, 2]),
        recurrentMultiplierBias: tf.zeros([2]),
      },
    };
    const refused = (changes: object) =>
      expect(() => mLstmSequence({ ...inputs, ...changes } as unknown as MLstmSequenceInputs));
    refused({ weight: tf.zeros([5, 8]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: mLstmSequence(weight): expected shape [inputDim=7, 4·dim=8], received [5, 8].]`,
    );
    refused({ multiplier: tf.zeros([3, 5, 8]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: mLstmSequence(multiplier): expected shape [batch=3, time=5, dim=2], received [3, 5, 8].]`,
    );
    refused({ recurrentMultiplier: tf.zeros([2, 8]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: mLstmSequence(recurrentMultiplier): expected shape [dim=2, dim=2], received [2, 8].]`,
    );
    refused({ recurrentMultiplierBias: tf.zeros([3]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: mLstmSequence(recurrentMultiplierBias): expected shape [dim=2], received [3].]`,
    );
  });
});
