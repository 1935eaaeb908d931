import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../use-backend.js';
import { type FusedOp, runFused } from './sequence-op.js';

interface Inputs {
  readonly x: tf.Tensor3D;
  readonly mask?: tf.Tensor3D;
}
type Output = 'double' | 'triple';

/** 2x and 3x, whose definition says that the gradients are 5 and 7 and that what is kept is x. */
const op: FusedOp<Inputs, Output> = {
  name: 'Multiples',
  learned: ['x'],
  fixed: ['mask'],
  outputs: ['double', 'triple'],
  forward: ({ x }) => [tf.mul(x, 2), tf.mul(x, 3), x],
  backward: ({ doubleSlopes, tripleSlopes }) => [
    tf.add(doubleSlopes ? tf.mul(doubleSlopes, 5) : 0, tripleSlopes ? tf.mul(tripleSlopes, 7) : 0),
  ],
};

const one = (value: number) => tf.tensor3d([value], [1, 1, 1]);
const value = (tensor: tf.Tensor | undefined) => tensor?.dataSync()[0];
const values = (want?: Output[]) => runFused(op, { x: one(5) }, want).map(value);
/** Of double + 10 · triple, or of what is wanted of them. */
const gradient = (want: Output[] = ['double', 'triple'], inputs: Omit<Inputs, 'x'> = {}) => {
  const loss = (x: tf.Tensor) => {
    const outputs = runFused(op, { ...inputs, x: x as tf.Tensor3D }, want);
    return tf.addN(outputs.map((output, at) => tf.mul<tf.Tensor>(output, want[at] === 'double' ? 1 : 10)));
  };
  return value(tf.grad(loss)(one(5)));
};

/** What a kernel was asked for, call by call. */
const asked: unknown[] = [];

/** Answers 11, 12 and keeps 13, or what is wanted of it. */
function registerForward(): void {
  tf.registerKernel({
    kernelName: 'Multiples',
    backendName: 'cpu',
    kernelFunc({ attrs }) {
      const { want, keep } = attrs as { want: string[]; keep: boolean };
      asked.push({ want, keep });
      if (keep) return [one(11), one(12), one(13)];
      return [...(want.includes('double') ? [one(11)] : []), ...(want.includes('triple') ? [one(12)] : [])];
    },
  });
}

/** Answers 17 and writes down what it reads. */
function registerBackward(): void {
  tf.registerKernel({
    kernelName: 'MultiplesGradient',
    backendName: 'cpu',
    kernelFunc({ inputs }) {
      asked.push(Object.entries(inputs).map(([name, tensor]) => `${name} ${value(tensor as tf.Tensor)}`));
      return [one(17)];
    },
  });
}

describe('runFused', () => {
  beforeAll(async () => {
    await useBackend('cpu');
  });

  afterEach(() => {
    for (const name of ['Multiples', 'MultiplesGradient'])
      if (tf.getKernel(name, 'cpu')) tf.unregisterKernel(name, 'cpu');
    asked.length = 0;
  });

  it('runs the definition where there is no kernel', () => {
    expect(values()).toEqual([10, 15]);
    expect(gradient()).toBe(5 + 70);
    expect(gradient(['double', 'triple'], { mask: one(1) })).toBe(5 + 70);
  });

  it('returns one output alone, and hands on the slopes of no other', () => {
    expect([values(['double']), values(['triple'])]).toEqual([[10], [15]]);
    expect([gradient(['double']), gradient(['triple'])]).toEqual([5, 70]);
  });

  it('runs the kernel of the way there, and then the definition of the way back', () => {
    registerForward();
    expect(values()).toEqual([11, 12]);
    expect(gradient()).toBe(5 + 70);
  });

  it('asks the kernel for what the way back reads only where there is one', () => {
    registerForward();
    expect([values(), values(['triple']), gradient(['triple'])]).toEqual([[11, 12], [12], 70]);
    expect(asked).toEqual([
      { want: ['double', 'triple'], keep: false },
      { want: ['triple'], keep: false },
      { want: ['triple'], keep: true },
    ]);
  });

  it('hands inputs, outputs, what was kept and slopes to the kernel of the way back', () => {
    registerBackward();
    expect(gradient(['double', 'triple'], { mask: one(1) })).toBe(17);
    expect(gradient(['triple'])).toBe(17);
    expect(asked).toEqual([
      ['x 5', 'mask 1', 'doubleStates 10', 'tripleStates 15', 'kept 5', 'doubleSlopes 1', 'tripleSlopes 10'],
      ['x 5', 'doubleStates 10', 'tripleStates 15', 'kept 5', 'tripleSlopes 10'],
    ]);
  });
});
