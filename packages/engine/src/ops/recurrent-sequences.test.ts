import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeOnBackends, expectClose, numericGradient } from '../testing/index.js';
import { tf } from '../tfjs/tfjs.js';
import { type GruSequenceInputs, gruSequence } from './gru-sequence.js';
import { type LstmSequenceInputs, lstmSequence } from './lstm-sequence.js';
import { type MLstmSequenceInputs, mLstmSequence } from './m-lstm-sequence.js';

interface Numbers {
  readonly shape: number[];
  readonly values: number[];
}
type Named = Record<string, Numbers>;
type Tensors = Record<string, tf.Tensor>;

/**
 * Values of PyTorch's cells: batch 3, time 5 (or 1), inputDim 7, dim 2; gradients of Σ cos(k) yₖ over each output, k
 * from 1.
 */
const torch = JSON.parse(readFileSync(new URL('../../fixtures/recurrent.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, { inputs: Named; outputs: Named; gradients: Named }>
>;

const operations: Record<string, (inputs: Tensors) => Tensors> = {
  lstmSequence: (inputs) => ({ ...lstmSequence(inputs as unknown as LstmSequenceInputs) }),
  mLstmSequence: (inputs) => ({ ...mLstmSequence(inputs as unknown as MLstmSequenceInputs) }),
  gruSequence: (inputs) => ({ hidden: gruSequence(inputs as unknown as GruSequenceInputs) }),
};

/** Operations that can return one kind of states. */
const single: Record<string, (inputs: Tensors, only: 'hidden' | 'cell') => tf.Tensor> = {
  lstmSequence: (inputs, only) => lstmSequence(inputs as unknown as LstmSequenceInputs, only),
  mLstmSequence: (inputs, only) => mLstmSequence(inputs as unknown as MLstmSequenceInputs, only),
};

const toTensors = (named: Named): Tensors =>
  Object.fromEntries(Object.entries(named).map(([name, { shape, values }]) => [name, tf.tensor(values, shape)]));
const listDifferentiable = (inputs: Tensors) => Object.keys(inputs).filter((name) => name !== 'mask');

/** Sums all outputs, each number with a weight of its own. The cosine of a GPU has three digits only. */
function weigh(outputs: Tensors): tf.Scalar {
  const createWeights = (count: number) => tf.tensor1d(Array.from({ length: count }, (_, at) => Math.cos(at + 1)));
  const sums = Object.values(outputs).map((y) => tf.sum(tf.mul(tf.reshape(y, [-1]), createWeights(y.size))));
  return tf.addN(sums) as tf.Scalar;
}

function computeGradients(operation: (inputs: Tensors) => Tensors, inputs: Tensors): Tensors {
  const names = listDifferentiable(inputs);
  const gradients = tf.grads((...learned: tf.Tensor[]) => {
    const given = Object.fromEntries(names.map((name, at) => [name, learned[at]!]));
    return weigh(operation({ ...inputs, ...given }));
  })(names.map((name) => inputs[name]!));
  return Object.fromEntries(names.map((name, at) => [name, gradients[at]!]));
}

/** Computes the largest error, divided by the largest number. */
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
          const received = operation(toTensors(inputs));
          expect(Object.keys(received)).toEqual(Object.keys(outputs));
          for (const [output, { shape, values }] of Object.entries(outputs)) {
            expect(received[output]!.shape).toEqual(shape);
            expect(relativeError(received[output]!.dataSync(), values)).toBeLessThan(1e-5);
          }
        });
      });

      it('has the gradients of PyTorch', () => {
        tf.tidy(() => {
          const received = computeGradients(operation, toTensors(inputs));
          for (const [input, { shape, values }] of Object.entries(gradients)) {
            expect(received[input]!.shape).toEqual(shape);
            expect(relativeError(received[input]!.dataSync(), values)).toBeLessThan(1e-5);
          }
        });
      });

      it('has the gradients of finite differences', () => {
        tf.tidy(() => {
          const given = toTensors(inputs);
          const derived = computeGradients(operation, given);
          for (const input of listDifferentiable(given)) {
            const { shape, values } = inputs[input]!;
            const at = (x: Float32Array) =>
              tf.tidy(() => weigh(operation({ ...given, [input]: tf.tensor(x, shape) })).dataSync()[0]!);
            expectClose(derived[input]!.dataSync(), numericGradient(at, Float32Array.from(values)), 2e-3);
          }
        });
      });

      it('leaks no tensor', () => {
        const given = toTensors(inputs);
        const run = () => {
          const received = [...Object.values(operation(given)), ...Object.values(computeGradients(operation, given))];
          tf.dispose(received);
        };
        run(); // some backends allocate tensors at the first run
        const before = tf.memory().numTensors;
        run();
        expect(tf.memory().numTensors).toBe(before);
        tf.dispose(given);
      });
    });

    it('accepts a boolean mask and ignores the inputs of masked steps', () => {
      tf.tidy(() => {
        const { inputs } = torch[name]!['with padding on the left, in the middle and everywhere']!;
        const given = toTensors(inputs);
        const mask = tf.cast(given.mask!, 'bool');
        const received = [
          given.input!,
          tf.add(given.input!, tf.mul(100, tf.expandDims(tf.sub(1, given.mask!), 2))),
        ].map((input) => {
          const { input: gradient, ...others } = computeGradients(operation, { ...given, input, mask });
          const states = operation({ ...given, input, mask });
          return [...Object.values(states), gradient!, ...Object.values(others)].map((tensor) =>
            Array.from(tensor.dataSync(), (number) => number + 0),
          ); // −0 is 0
        });
        expect(received[1]).toEqual(received[0]);
      });
    });

    it.runIf(single[name]).each(['hidden', 'cell'] as const)('returns only %s states, with equal gradients', (only) => {
      for (const { inputs } of Object.values(torch[name]!)) {
        tf.tidy(() => {
          const given = toTensors(inputs);
          const runBoth = (own: Tensors): Tensors => ({ [only]: operation(own)[only]! });
          const runOne = (own: Tensors): Tensors => ({ [only]: single[name]!(own, only) });
          const expected = { ...runBoth(given), ...computeGradients(runBoth, given) };
          const received = { ...runOne(given), ...computeGradients(runOne, given) };
          for (const [title, tensor] of Object.entries(expected)) {
            expect(received[title]!.shape).toEqual(tensor.shape);
            expect(relativeError(received[title]!.dataSync(), [...tensor.dataSync()])).toBeLessThan(1e-6);
          }
        });
      }
    });
  });
}
