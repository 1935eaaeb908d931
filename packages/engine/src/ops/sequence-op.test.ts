import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../tfjs/tfjs.js';
import { useBackend } from '../use-backend.js';
import { runSequenceOp, type SequenceOp } from './sequence-op.js';

interface Inputs {
  readonly x: tf.Tensor3D;
  readonly mask?: tf.Tensor3D;
}
type Output = 'double' | 'triple';

/** Computes 2x and 3x. Its definition claims the gradients 5 and 7 and saves x. */
const op: SequenceOp<Inputs, Output> = {
  name: 'Multiples' as Capitalize<string>,
  differentiable: ['x'],
  constant: ['mask'],
  outputs: ['double', 'triple'],
  forward: ({ x }) => [tf.mul(x, 2), tf.mul(x, 3), x],
  backward: ({ doubleGradients, tripleGradients }) => [
    tf.add(doubleGradients ? tf.mul(doubleGradients, 5) : 0, tripleGradients ? tf.mul(tripleGradients, 7) : 0),
  ],
};

const createTensor = (value: number) => tf.tensor3d([value], [1, 1, 1]);
const readValue = (tensor: tf.Tensor | undefined) => tensor?.dataSync()[0];
const computeValues = (want?: Output[]) => runSequenceOp(op, { x: createTensor(5) }, want).map(readValue);
/** Computes the gradient of double + 10 · triple, or of the requested ones of them. */
const computeGradient = (want: Output[] = ['double', 'triple'], inputs: Omit<Inputs, 'x'> = {}) => {
  const loss = (x: tf.Tensor) => {
    const outputs = runSequenceOp(op, { ...inputs, x: x as tf.Tensor3D }, want);
    return tf.addN(outputs.map((output, at) => tf.mul<tf.Tensor>(output, want[at] === 'double' ? 1 : 10)));
  };
  return readValue(tf.grad(loss)(createTensor(5)));
};

/** Attributes or inputs of the kernels, call by call. */
const calls: unknown[] = [];

/** Registers a kernel that returns 11 and 12 and saves 13, or returns the requested ones of them. */
function registerForward(): void {
  tf.registerKernel({
    kernelName: 'Multiples',
    backendName: 'cpu',
    kernelFunc({ attrs }) {
      const { want, keep } = attrs as { want: string[]; keep: boolean };
      calls.push({ want, keep });
      if (keep) return [createTensor(11), createTensor(12), createTensor(13)];
      return [
        ...(want.includes('double') ? [createTensor(11)] : []),
        ...(want.includes('triple') ? [createTensor(12)] : []),
      ];
    },
  });
}

/** Registers a kernel that returns 17 and records its inputs. */
function registerBackward(): void {
  tf.registerKernel({
    kernelName: 'MultiplesGradient',
    backendName: 'cpu',
    kernelFunc({ inputs }) {
      calls.push(Object.entries(inputs).map(([name, tensor]) => `${name} ${readValue(tensor as tf.Tensor)}`));
      return [createTensor(17)];
    },
  });
}

describe('runSequenceOp', () => {
  beforeAll(async () => {
    await useBackend('cpu');
  });

  afterEach(() => {
    for (const name of ['Multiples', 'MultiplesGradient'])
      if (tf.getKernel(name, 'cpu')) tf.unregisterKernel(name, 'cpu');
    calls.length = 0;
  });

  it('runs the definition if there is no kernel', () => {
    expect(computeValues()).toEqual([10, 15]);
    expect(computeGradient()).toBe(5 + 70);
    expect(computeGradient(['double', 'triple'], { mask: createTensor(1) })).toBe(5 + 70);
  });

  it('returns one output alone, and passes on the gradient of no other', () => {
    expect([computeValues(['double']), computeValues(['triple'])]).toEqual([[10], [15]]);
    expect([computeGradient(['double']), computeGradient(['triple'])]).toEqual([5, 70]);
  });

  it('runs the kernel of the forward pass with the definition of the backward pass', () => {
    registerForward();
    expect(computeValues()).toEqual([11, 12]);
    expect(computeGradient()).toBe(5 + 70);
  });

  it('requests what the backward pass reads only if there is one', () => {
    registerForward();
    expect([computeValues(), computeValues(['triple']), computeGradient(['triple'])]).toEqual([[11, 12], [12], 70]);
    expect(calls).toEqual([
      { want: ['double', 'triple'], keep: false },
      { want: ['triple'], keep: false },
      { want: ['triple'], keep: true },
    ]);
  });

  it('passes inputs, outputs, the saved tensor and gradients to the kernel of the backward pass', () => {
    registerBackward();
    expect(computeGradient(['double', 'triple'], { mask: createTensor(1) })).toBe(17);
    expect(computeGradient(['triple'])).toBe(17);
    expect(calls).toEqual([
      ['x 5', 'mask 1', 'doubleStates 10', 'tripleStates 15', 'saved 5', 'doubleGradients 1', 'tripleGradients 10'],
      ['x 5', 'doubleStates 10', 'tripleStates 15', 'saved 5', 'tripleGradients 10'],
    ]);
  });
});
