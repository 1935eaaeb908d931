import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../use-backend.js';
import { type FusedOp, runFused } from './fused-kernel.js';

interface Inputs {
  readonly x: tf.Tensor3D;
  readonly mask?: tf.Tensor3D;
}

/** 2x, whose definition says that the gradient is 3 and that what is kept is x. */
const op: FusedOp<Inputs> = {
  name: 'Twice',
  learned: ['x'],
  fixed: ['mask'],
  forward: ({ x }) => [tf.mul(x, 2), x],
  backward: ({ dy }) => [tf.mul(dy, 3)],
};

const x = () => tf.tensor3d([5], [1, 1, 1]);
const mask = () => tf.tensor3d([1], [1, 1, 1]);
const value = (tensor: tf.Tensor) => tensor.dataSync()[0];
const gradient = (inputs: Omit<Inputs, 'x'> = {}) => value(tf.grad((given) => runFused(op, { ...inputs, x: given as tf.Tensor3D }))(x()));

function registerKernel(kernelName: string, answers: (inputs: tf.NamedTensorInfoMap) => tf.Tensor[]): void {
  tf.registerKernel({ kernelName, backendName: 'cpu', kernelFunc: ({ inputs }) => answers(inputs) });
}

describe('runFused', () => {
  beforeAll(async () => {
    await useBackend('cpu');
  });

  afterEach(() => {
    for (const name of ['Twice', 'TwiceGradient']) if (tf.getKernel(name, 'cpu')) tf.unregisterKernel(name, 'cpu');
  });

  it('runs the definition where there is no kernel', () => {
    expect(value(runFused(op, { x: x() }))).toBe(10);
    expect(gradient()).toBe(3);
    expect(gradient({ mask: mask() })).toBe(3);
  });

  it('runs the kernel of the way there, and then the definition of the way back', () => {
    registerKernel('Twice', () => [tf.tensor3d([11], [1, 1, 1]), tf.tensor3d([13], [1, 1, 1])]);
    expect(value(runFused(op, { x: x() }))).toBe(11);
    expect(gradient()).toBe(3);
  });

  it('asks the kernel for what the way back reads only where there is one', () => {
    const asked: unknown[] = [];
    tf.registerKernel({
      kernelName: 'Twice',
      backendName: 'cpu',
      kernelFunc({ attrs }) {
        asked.push(attrs?.keep);
        return [tf.tensor3d([11], [1, 1, 1]), ...(attrs?.keep === false ? [] : [tf.tensor3d([13], [1, 1, 1])])];
      },
    });
    expect([value(runFused(op, { x: x() })), gradient()]).toEqual([11, 3]);
    expect(asked).toEqual([false, undefined]);
  });

  it('hands inputs, output, what was kept and slopes to the kernel of the way back', () => {
    const seen: string[] = [];
    registerKernel('TwiceGradient', (inputs) => {
      for (const [name, tensor] of Object.entries(inputs)) seen.push(`${name} ${value(tensor as tf.Tensor)}`);
      return [tf.tensor3d([17], [1, 1, 1])];
    });
    expect(gradient({ mask: mask() })).toBe(17);
    expect(seen).toEqual(['x 5', 'mask 1', 'output 10', 'kept 5', 'dy 1']);
  });
});
