import { describe, expect, it } from 'vitest';
import { expectClose } from '../testing/index.js';
import { tf } from '../tfjs/tfjs.js';
import { type LstmSequenceInputs, lstmSequence } from './lstm-sequence.js';

describe('lstmSequence', () => {
  it('has the value of its equation', () => {
    // Gates 3 · 2 − 6 = 0: σ = ½, tanh = 0, so c₁ = ½ · 4 + ½ · 0 = 2 and h₁ = ½ tanh 2. The recurrent weight is 0, so
    // c₂ = 1 and h₂ = ½ tanh 1.
    const { hidden, cell } = lstmSequence({
      input: tf.fill([1, 2, 1], 3),
      weight: tf.fill([1, 4], 2),
      bias: tf.fill([4], -6),
      recurrent: tf.zeros([1, 4]),
      hidden: tf.tensor2d([[7]]),
      cell: tf.tensor2d([[4]]),
    });
    expectClose(cell.dataSync(), [2, 1]);
    expectClose(hidden.dataSync(), [Math.tanh(2) / 2, Math.tanh(1) / 2]);
  });

  it('refuses shapes that disagree', () => {
    const inputs = {
      ...{ input: tf.zeros([3, 5, 7]), weight: tf.zeros([7, 8]), bias: tf.zeros([8]), recurrent: tf.zeros([2, 8]) },
      ...{ hidden: tf.zeros([3, 2]), cell: tf.zeros([3, 2]) },
    };
    const refused = (changes: object) =>
      expect(() => lstmSequence({ ...inputs, ...changes } as unknown as LstmSequenceInputs));
    refused({ input: tf.zeros([5, 3, 7]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequence(input): expected shape [batch=3, time, inputDim], received [5, 3, 7].]`,
    );
    refused({ weight: tf.zeros([8, 7]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequence(weight): expected shape [inputDim=7, 4·dim=8], received [8, 7].]`,
    );
    refused({ bias: tf.zeros([2]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequence(bias): expected shape [4·dim=8], received [2].]`,
    );
    refused({ recurrent: tf.zeros([8, 2]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequence(recurrent): expected shape [dim=2, 4·dim=8], received [8, 2].]`,
    );
    refused({ cell: tf.zeros([2, 3]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequence(cell): expected shape [batch=3, dim=2], received [2, 3].]`,
    );
    refused({ mask: tf.zeros([5, 3]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequence(mask): expected shape [batch=3, time=5], received [5, 3].]`,
    );
  });
});
