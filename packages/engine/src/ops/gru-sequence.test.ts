import { describe, expect, it } from 'vitest';
import { tf } from '../tfjs/tfjs.js';
import { type GruSequenceInputs, gruSequence } from './gru-sequence.js';

describe('gruSequence', () => {
  it('refuses shapes that disagree', () => {
    const inputs = {
      ...{ input: tf.zeros([3, 5, 7]), weight: tf.zeros([7, 6]), bias: tf.zeros([6]) },
      ...{ recurrent: tf.zeros([2, 6]), recurrentBias: tf.zeros([6]), hidden: tf.zeros([3, 2]) },
    };
    const refused = (changes: object) =>
      expect(() => gruSequence({ ...inputs, ...changes } as unknown as GruSequenceInputs));
    refused({ input: tf.zeros([3, 7]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gruSequence(input): expected shape [batch=3, time, inputDim], received [3, 7].]`,
    );
    refused({ weight: tf.zeros([7, 8]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gruSequence(weight): expected shape [inputDim=7, 3·dim=6], received [7, 8].]`,
    );
    refused({ bias: tf.zeros([8]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gruSequence(bias): expected shape [3·dim=6], received [8].]`,
    );
    refused({ recurrent: tf.zeros([6, 2]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gruSequence(recurrent): expected shape [dim=2, 3·dim=6], received [6, 2].]`,
    );
    refused({ recurrentBias: tf.zeros([2]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gruSequence(recurrentBias): expected shape [3·dim=6], received [2].]`,
    );
    refused({ mask: tf.zeros([5, 3]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gruSequence(mask): expected shape [batch=3, time=5], received [5, 3].]`,
    );
  });
});
