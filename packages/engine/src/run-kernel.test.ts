import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadNativeKernels } from './backends/kernels/load-kernels.js';
import { hasKernel, runKernel } from './run-kernel.js';
import { toSparseRows } from './sparse-rows.js';
import { kernelBackends } from './testing/kernel-backends.fixture.js';
import { tf } from './tfjs/tfjs.js';
import { useBackend } from './use-backend.js';

const name = 'TripleForTest' as Capitalize<string>;

/** Runs the kernel 3x, whose definition is 2x. */
const run = (x: tf.Tensor, more: object = {}) => runKernel(name, { x, ...more }, (inputs) => tf.mul(inputs.x, 2));

describe('runKernel on tensors', () => {
  beforeEach(async () => void (await useBackend('cpu')));
  afterEach(() => {
    if (tf.getKernel(name, 'cpu')) tf.unregisterKernel(name, 'cpu');
    if (tf.getGradient(name)) tf.unregisterGradient(name);
  });

  const calls: unknown[] = [];
  function register(): void {
    calls.length = 0;
    tf.registerKernel({
      kernelName: name,
      backendName: 'cpu',
      kernelFunc({ inputs, attrs }) {
        calls.push([Object.keys(inputs), { ...attrs }]);
        return tf.mul(inputs.x as tf.Tensor, 3);
      },
    });
    tf.registerGradient({ kernelName: name, gradFunc: (dy) => ({ x: () => tf.mul(dy as tf.Tensor, 5) }) });
  }

  it('runs the definition without a kernel, and disposes of its intermediate tensors', () => {
    expect(hasKernel(name)).toBe(false);
    const x = tf.tensor1d([7]);
    const before = tf.memory().numTensors;
    const y = runKernel(name, { x }, (inputs) => tf.add(tf.mul(inputs.x, 2), 1));
    expect([...y.dataSync()]).toEqual([15]);
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  it('runs the kernel where there is one: tensors as inputs, all else as attributes, absent inputs as neither', () => {
    register();
    expect(hasKernel(name)).toBe(true);
    expect([...run(tf.tensor1d([7]), { y: tf.scalar(1), width: 3, lists: ['a'], none: undefined }).dataSync()]).toEqual(
      [21],
    );
    expect(calls).toEqual([[['x', 'y'], { width: 3, lists: ['a'] }]]);
  });

  it('uses the registered gradient of the kernel, or the gradient of the definition', () => {
    const differentiate = () => [
      ...tf
        .grad((x) => tf.sum(run(x)))(tf.tensor1d([7]))
        .dataSync(),
    ];
    expect(differentiate()).toEqual([2]);
    register();
    expect(differentiate()).toEqual([5]);
  });
});

describe('runKernel on arrays', () => {
  const inputs = () => ({
    table: Float32Array.of(1, 2, 3),
    dim: 1,
    ids: Int32Array.of(2, 0),
    out: new Float32Array(2),
  });
  const define = () => Float32Array.of(7);
  const problem = { count: 1, similarity: 'cosine', shrink: 0, sets: toSparseRows([[0], [0]]) } as const;
  const neighbors = () => ({ ids: Int32Array.of(7), similarities: Float32Array.of(7) });

  it('runs the definition on a backend without the kernel', async () => {
    await useBackend('cpu');
    expect(hasKernel('gatherRows')).toBe(false);
    expect(runKernel('gatherRows', inputs(), define)).toEqual(define());
  });

  it.each(kernelBackends)('runs the kernel of the backend %s', async (backend) => {
    await useBackend(backend);
    expect(hasKernel('gatherRows')).toBe(true);
    expect(runKernel('gatherRows', inputs(), define)).toEqual(Float32Array.of(3, 1));
  });

  it.runIf(loadNativeKernels())('runs kernels that belong to no backend on every backend', async () => {
    await useBackend('cpu');
    const options = { ...problem, members: toSparseRows([[0, 1]]) };
    expect(runKernel('nearestSets', options, neighbors).ids).toEqual(Int32Array.of(1, 0));
  });

  it.each(kernelBackends)('runs the definition for inputs that the kernel of %s does not support', async (backend) => {
    await useBackend(backend);
    const rng = { next: () => 0.5 } as never; // a generator without `advance`
    const values = new Float32Array(2);
    expect(runKernel('fillUniform', { values, rng, low: 0, high: 1 }, define)).toEqual(define());
  });
});
