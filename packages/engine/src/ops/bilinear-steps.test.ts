import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import { adam } from '../optimizers/adam.js';
import { sgd } from '../optimizers/sgd.js';
import type { Optimizer } from '../optimizers/types.js';
import { expectClose } from '../testing/expect-close.js';
import { useBackend } from '../use-backend.js';
import { bilinearSteps } from './bilinear-steps.js';

const native = loadNativeKernels() !== undefined;

/** One user [1, 2], items [3, 0] and [0, 1] (scores 3 and 2), no biases. */
function parts(optimizer: Optimizer = sgd({ learningRate: 0.1 })) {
  const user = tf.variable(tf.tensor2d([[1, 2]]));
  const item = tf.variable(
    tf.tensor2d([
      [3, 0],
      [0, 1],
    ]),
  );
  const parameters = new Map([
    ['user/weight', user],
    ['item/weight', item],
  ]);
  return { tables: { user, item }, parameters, loss: { name: 'hinge', margin: 2 }, optimizer } as const;
}

const batch = { users: Int32Array.of(0), positives: Int32Array.of(0), negatives: Int32Array.of(1) };

describe.skipIf(!native)(`bilinearSteps${native ? '' : ' (not tested: the C++ kernels do not load here)'}`, () => {
  beforeAll(async () => void (await useBackend('native')));

  it('computes scores, loss, gradients and update at once', () => {
    const given = parts();
    const steps = bilinearSteps(given)!;
    // max(0, 2 − 3 + 2) = 1; the slope is −1 for the positive and 1 for the negative: user −([3, 0] − [0, 1]), items −[1, 2] and [1, 2]
    expect(steps.step(batch, 1)).toBe(1);
    expectClose(given.tables.user.dataSync(), [1.3, 1.9], 1e-6);
    expectClose(given.tables.item.dataSync(), [3.1, 0.2, -0.1, 0.8], 1e-6);
    expect(given.optimizer.memory!.steps).toBe(1);
    // now max(0, 1.39 − 4.41 + 2) = 0: nothing moves
    expect(steps.step(batch, 1)).toBe(0);
    expectClose(given.tables.user.dataSync(), [1.3, 1.9], 1e-6);
  });

  it('takes the factor on the learning rate', () => {
    const given = parts();
    bilinearSteps(given)!.step(batch, 0.5);
    expectClose(given.tables.user.dataSync(), [1.15, 1.95], 1e-6);
  });

  it('begins a step while the one before may run, and has the losses and tables of steps one by one', () => {
    const [one, other] = [
      parts(adam({ learningRate: 0.01, rows: 'dense' })),
      parts(adam({ learningRate: 0.01, rows: 'dense' })),
    ];
    const [steps, begun] = [bilinearSteps(one)!, bilinearSteps(other)!];
    const given = { ...batch, negatives: Int32Array.of(1) };
    const losses = [1, 0.5, 0.25].map((factor) => steps.step(given, factor));
    const toCome = [1, 0.5, 0.25].map((factor) => begun.begin(given, factor));
    given.negatives[0] = 0; // the steps have what they were given
    expect(toCome.toReversed().map((loss) => loss())).toEqual(losses.toReversed());
    expect(new Set(losses).size).toBe(3);
    for (const training of [steps, begun]) training.flush();
    for (const table of ['user', 'item'] as const)
      expect(other.tables[table].dataSync()).toEqual(one.tables[table].dataSync());
  });

  it('has done a step that nobody asked for when rows are brought up to date', () => {
    const given = parts();
    const steps = bilinearSteps(given)!;
    steps.begin(batch, 1);
    steps.flush();
    expectClose(given.tables.user.dataSync(), [1.3, 1.9], 1e-6);
  });

  it('puts rows off that no batch names, until it is told not to', () => {
    const given = parts(adam({ learningRate: 0.1, l2: 0.5, rows: 'dense' }));
    const steps = bilinearSteps(given)!;
    const others = { ...batch, negatives: Int32Array.of(0) };
    steps.step(others, 1);
    expect([...given.tables.item.dataSync()].slice(2)).toEqual([0, 1]);
    steps.flush();
    expectClose([...given.tables.item.dataSync()].slice(2), [0, 0.9], 1e-6); // Adam's first step is of the rate, against the sign of 0.5 · w
  });

  it('changes nothing if an id is none', () => {
    const given = parts();
    expect(() => bilinearSteps(given)!.step({ ...batch, negatives: Int32Array.of(2) }, 1)).toThrow(
      /negatives.*expected ids from 0 to 1, received 2/,
    );
    expect([...given.tables.user.dataSync()]).toEqual([1, 2]);
  });

  it('is not there for parameters beside the tables, nor on other backends', async () => {
    const given = parts();
    const more = new Map<string, tf.Variable>([...given.parameters, ['mean', tf.variable(tf.tensor1d([1]))]]);
    expect(bilinearSteps({ ...given, parameters: more })).toBeUndefined();
    await useBackend('cpu');
    expect(bilinearSteps(parts())).toBeUndefined();
    await useBackend('native');
  });
});
