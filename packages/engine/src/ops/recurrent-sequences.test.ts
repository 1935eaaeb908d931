import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { describeOnBackends, expectClose, numericGradient } from '../testing/index.js';
import { type GruSequenceInputs, gruSequence } from './gru-sequence.js';
import { type LstmSequenceInputs, lstmSequence } from './lstm-sequence.js';
import { type MLstmSequenceInputs, mLstmSequence } from './m-lstm-sequence.js';

interface Numbers {
  readonly shape: number[];
  readonly values: number[];
}
type Named = Record<string, Numbers>;
type Tensors = Record<string, tf.Tensor>;

/** PyTorch's cells, batch 3, time 5 (or 1), inputDim 7, dim 2; gradients of Σ cos(k) yₖ over each output, k from 1. */
const torch = JSON.parse(readFileSync(new URL('../../fixtures/recurrent.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, { inputs: Named; outputs: Named; gradients: Named }>
>;

const operations: Record<string, (inputs: Tensors) => Tensors> = {
  lstmSequence: (inputs) => ({ ...lstmSequence(inputs as unknown as LstmSequenceInputs) }),
  mLstmSequence: (inputs) => ({ ...mLstmSequence(inputs as unknown as MLstmSequenceInputs) }),
  gruSequence: (inputs) => ({ hidden: gruSequence(inputs as unknown as GruSequenceInputs) }),
};

/** One kind of states alone, of operations that have two. */
const alone: Record<string, (inputs: Tensors, only: 'hidden' | 'cell') => tf.Tensor> = {
  lstmSequence: (inputs, only) => lstmSequence(inputs as unknown as LstmSequenceInputs, only),
  mLstmSequence: (inputs, only) => mLstmSequence(inputs as unknown as MLstmSequenceInputs, only),
};

const tensors = (named: Named): Tensors =>
  Object.fromEntries(Object.entries(named).map(([name, { shape, values }]) => [name, tf.tensor(values, shape)]));
const learnedOf = (inputs: Tensors) => Object.keys(inputs).filter((name) => name !== 'mask');

/** A scalar that depends on every number that comes out, on each in its own way. */
function sampled(outputs: Tensors): tf.Scalar {
  const sums = Object.values(outputs).map((y) => tf.sum(tf.mul(tf.reshape(y, [-1]), tf.cos(tf.range(1, y.size + 1)))));
  return tf.addN(sums) as tf.Scalar;
}

function gradientsOf(operation: (inputs: Tensors) => Tensors, inputs: Tensors): Tensors {
  const names = learnedOf(inputs);
  const gradients = tf.grads((...learned: tf.Tensor[]) => {
    const given = Object.fromEntries(names.map((name, at) => [name, learned[at]!]));
    return sampled(operation({ ...inputs, ...given }));
  })(names.map((name) => inputs[name]!));
  return Object.fromEntries(names.map((name, at) => [name, gradients[at]!]));
}

/** Largest distance by largest number. */
function relativeError(actual: ArrayLike<number>, expected: readonly number[]): number {
  const largest = Math.max(...expected.map(Math.abs));
  const farthest = Math.max(...expected.map((value, at) => Math.abs(actual[at]! - value)));
  return largest === 0 ? farthest : farthest / largest;
}

for (const [name, operation] of Object.entries(operations)) {
  describeOnBackends(name, () => {
    describe.each(Object.keys(torch[name]!))('%s', (title) => {
      const { inputs, outputs, gradients } = torch[name]![title]!;

      it('has the states of PyTorch', () => {
        tf.tidy(() => {
          const received = operation(tensors(inputs));
          expect(Object.keys(received)).toEqual(Object.keys(outputs));
          for (const [output, { shape, values }] of Object.entries(outputs)) {
            expect(received[output]!.shape).toEqual(shape);
            expect(relativeError(received[output]!.dataSync(), values)).toBeLessThan(1e-5);
          }
        });
      });

      it('has the gradients of PyTorch', () => {
        tf.tidy(() => {
          const received = gradientsOf(operation, tensors(inputs));
          for (const [input, { shape, values }] of Object.entries(gradients)) {
            expect(received[input]!.shape).toEqual(shape);
            expect(relativeError(received[input]!.dataSync(), values)).toBeLessThan(1e-5);
          }
        });
      });

      it('has the gradients of finite differences', () => {
        tf.tidy(() => {
          const given = tensors(inputs);
          const derived = gradientsOf(operation, given);
          for (const input of learnedOf(given)) {
            const { shape, values } = inputs[input]!;
            const at = (x: Float32Array) =>
              tf.tidy(() => sampled(operation({ ...given, [input]: tf.tensor(x, shape) })).dataSync()[0]!);
            expectClose(derived[input]!.dataSync(), numericGradient(at, Float32Array.from(values)), 2e-3);
          }
        });
      });

      it('leaves no tensor behind', () => {
        const given = tensors(inputs);
        const run = () => {
          const received = [...Object.values(operation(given)), ...Object.values(gradientsOf(operation, given))];
          tf.dispose(received);
        };
        run(); // whatever the backend sets up once is there afterwards
        const before = tf.memory().numTensors;
        run();
        expect(tf.memory().numTensors).toBe(before);
        tf.dispose(given);
      });
    });

    it('takes a mask of booleans and does not see what lies under it', () => {
      tf.tidy(() => {
        const { inputs } = torch[name]!['with padding on the left, in the middle and everywhere']!;
        const given = tensors(inputs);
        const mask = tf.cast(given.mask!, 'bool');
        const received = [
          given.input!,
          tf.add(given.input!, tf.mul(100, tf.expandDims(tf.sub(1, given.mask!), 2))),
        ].map((input) => {
          const { input: slope, ...others } = gradientsOf(operation, { ...given, input, mask });
          const states = operation({ ...given, input, mask });
          return [...Object.values(states), slope!, ...Object.values(others)].map((tensor) =>
            Array.from(tensor.dataSync(), (number) => number + 0),
          ); // −0 is 0
        });
        expect(received[1]).toEqual(received[0]);
      });
    });

    it.runIf(alone[name]).each(['hidden', 'cell'] as const)('has %s states alone, and their gradients', (only) => {
      for (const { inputs } of Object.values(torch[name]!)) {
        tf.tidy(() => {
          const given = tensors(inputs);
          const ofBoth = (own: Tensors): Tensors => ({ [only]: operation(own)[only]! });
          const ofOne = (own: Tensors): Tensors => ({ [only]: alone[name]!(own, only) });
          const expected = { ...ofBoth(given), ...gradientsOf(ofBoth, given) };
          const received = { ...ofOne(given), ...gradientsOf(ofOne, given) };
          for (const [title, tensor] of Object.entries(expected)) {
            expect(received[title]!.shape).toEqual(tensor.shape);
            expect(relativeError(received[title]!.dataSync(), [...tensor.dataSync()])).toBeLessThan(1e-6);
          }
        });
      }
    });
  });
}

describe('lstmSequence', () => {
  it('has the value of its equation', () => {
    // 3 · 2 − 6 = 0, gates 0: σ = ½, tanh = 0, so c₁ = ½ · 4 + ½ · 0 = 2 and h₁ = ½ tanh 2; then c₂ = 1 and h₂ = ½ tanh 1, as the recurrent weight is 0.
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
