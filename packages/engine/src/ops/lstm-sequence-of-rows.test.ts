import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { describeOnBackends, expectClose } from '../testing/index.js';
import { tf } from '../tfjs/tfjs.js';
import { lstmSequence } from './lstm-sequence.js';
import { type LstmSequenceOfRowsInputs, lstmSequenceOfRows } from './lstm-sequence-of-rows.js';

const draw = (seed: number, ...shape: number[]) => {
  const rng = createRng(seed);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => rng.normal(0, 0.5)),
    shape,
  );
};
const createInputs = () => ({
  ...{ table: draw(1, 5, 3), weight: draw(2, 3, 8), bias: draw(3, 8), recurrent: draw(4, 2, 8) },
  ...{ hidden: draw(5, 2, 2), cell: draw(6, 2, 2) },
});
const index = () => tf.tensor2d([4, 0, 4, 4, 1, 1, 0, 4], [2, 4], 'int32');
const mask = () => tf.tensor2d([0, 1, 1, 1, 1, 0, 1, 1], [2, 4]);

describeOnBackends('lstmSequenceOfRows', () => {
  it('has the states and gradients of lstmSequence with gathered rows', () => {
    tf.tidy(() => {
      const inputs = createInputs();
      const names = Object.keys(inputs);
      const weigh = (states: tf.Tensor) => tf.sum(tf.mul(states, draw(7, 2, 4, 2))) as tf.Scalar;
      const toNamed = (tensors: tf.Tensor[]) =>
        Object.fromEntries(names.map((name, at) => [name, tensors[at]])) as unknown as LstmSequenceOfRowsInputs;
      const byRows = (...tensors: tf.Tensor[]) =>
        lstmSequenceOfRows({ ...toNamed(tensors), index: index(), mask: mask() }, 'hidden');
      const gathered = (...tensors: tf.Tensor[]) => {
        const { table, ...others } = toNamed(tensors);
        const input = tf.gather<tf.Tensor>(table, index()) as tf.Tensor3D;
        return lstmSequence({ ...others, input, mask: mask() }, 'hidden');
      };
      const values = Object.values(inputs);
      expectClose(byRows(...values).dataSync(), gathered(...values).dataSync(), 1e-6);
      const received = tf.grads((...tensors) => weigh(byRows(...tensors)))(values);
      const expected = tf.grads((...tensors) => weigh(gathered(...tensors)))(values);
      for (const [at, gradient] of expected.entries()) {
        expect(received[at]!.shape).toEqual(gradient.shape);
        expectClose(received[at]!.dataSync(), gradient.dataSync(), 1e-5);
      }
      // No step reads rows 2 and 3.
      expect([...tf.slice(received[0]!, [2, 0], [2, 3]).dataSync()].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
    });
  });

  it('leaks no tensor', () => {
    const inputs = { ...createInputs(), index: index() } as unknown as LstmSequenceOfRowsInputs;
    const run = () => {
      const { hidden, cell } = lstmSequenceOfRows(inputs);
      const gradient = tf.grad((table) =>
        tf.sum(lstmSequenceOfRows({ ...inputs, table: table as tf.Tensor2D }, 'cell')),
      )(inputs.table);
      tf.dispose([hidden, cell, gradient]);
    };
    run(); // some backends allocate tensors at the first run
    const before = tf.memory().numTensors;
    run();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(Object.values(inputs) as tf.Tensor[]);
  });
});

describe('lstmSequenceOfRows', () => {
  it('refuses shapes that disagree and rows that are not there', () => {
    const refused = (changes: object) =>
      expect(() =>
        lstmSequenceOfRows({ ...createInputs(), index: index(), ...changes } as unknown as LstmSequenceOfRowsInputs),
      );
    refused({ table: tf.zeros([5]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequenceOfRows(table): expected shape [row, inputDim], received [5].]`,
    );
    refused({ index: tf.zeros([3, 4], 'int32') }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequenceOfRows(index): expected shape [batch=2, time], received [3, 4].]`,
    );
    refused({ index: tf.zeros([2, 4]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequenceOfRows(index): expected int32, received float32.]`,
    );
    refused({ index: tf.tensor2d([[0], [5]], [2, 1], 'int32') }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequenceOfRows(index): expected ids from 0 to 4, received 5 at [1, 0].]`,
    );
    refused({ weight: tf.zeros([4, 8]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequenceOfRows(weight): expected shape [inputDim=3, 4·dim=8], received [4, 8].]`,
    );
    refused({ mask: tf.zeros([4, 2]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequenceOfRows(mask): expected shape [batch=2, time=4], received [4, 2].]`,
    );
    refused({ cell: tf.zeros([2, 3]) }).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lstmSequenceOfRows(cell): expected shape [batch=2, dim=2], received [2, 3].]`,
    );
  });
});
