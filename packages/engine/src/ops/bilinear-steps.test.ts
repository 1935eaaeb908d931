import { beforeAll, describe, expect, it } from 'vitest';
import { adam } from '../optimizers/adam.js';
import { sgd } from '../optimizers/sgd.js';
import type { Optimizer } from '../optimizers/types.js';
import { expectClose } from '../testing/expect-close.js';
import { kernelBackends } from '../testing/kernel-backends.fixture.js';
import { tf } from '../tfjs/tfjs.js';
import { useBackend } from '../use-backend.js';
import { bilinearSteps } from './bilinear-steps.js';

/** Creates the options of a factorization without biases: user [1, 2], items [3, 0] and [0, 1], so scores 3 and 2. */
function createOptions(optimizer: Optimizer = sgd({ learningRate: 0.1 })) {
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

describe.each(kernelBackends)('bilinearSteps on %s', (backend) => {
  beforeAll(async () => void (await useBackend(backend)));

  it('computes scores, loss, gradients and update in one step', () => {
    const given = createOptions();
    const steps = bilinearSteps(given)!;
    // max(0, 2 − 3 + 2) = 1; the gradient is −1 for the positive and 1 for the negative: user −([3, 0] − [0, 1]), items
    // −[1, 2] and [1, 2]
    expect(steps.step(batch, 1)).toBe(1);
    expectClose(given.tables.user.dataSync(), [1.3, 1.9], 1e-6);
    expectClose(given.tables.item.dataSync(), [3.1, 0.2, -0.1, 0.8], 1e-6);
    expect(given.optimizer.memory!.steps).toBe(1);
    // now max(0, 1.39 − 4.41 + 2) = 0: no update
    expect(steps.step(batch, 1)).toBe(0);
    expectClose(given.tables.user.dataSync(), [1.3, 1.9], 1e-6);
  });

  it('applies the factor of the learning rate', () => {
    const given = createOptions();
    bilinearSteps(given)!.step(batch, 0.5);
    expectClose(given.tables.user.dataSync(), [1.15, 1.95], 1e-6);
  });

  it('starts steps in the background, with the losses and tables of steps one by one', () => {
    const [one, other] = [
      createOptions(adam({ learningRate: 0.01, rows: 'dense' })),
      createOptions(adam({ learningRate: 0.01, rows: 'dense' })),
    ];
    const [steps, background] = [bilinearSteps(one)!, bilinearSteps(other)!];
    const given = { ...batch, negatives: Int32Array.of(1) };
    const losses = [1, 0.5, 0.25].map((factor) => steps.step(given, factor));
    const pending = [1, 0.5, 0.25].map((factor) => background.begin(given, factor));
    given.negatives[0] = 0; // the steps have copied their batch
    expect(pending.toReversed().map((loss) => loss())).toEqual(losses.toReversed());
    expect(new Set(losses).size).toBe(3);
    for (const training of [steps, background]) training.flush();
    for (const table of ['user', 'item'] as const)
      expect(other.tables[table].dataSync()).toEqual(one.tables[table].dataSync());
  });

  it('completes a pending step in flush', () => {
    const given = createOptions();
    const steps = bilinearSteps(given)!;
    steps.begin(batch, 1);
    steps.flush();
    expectClose(given.tables.user.dataSync(), [1.3, 1.9], 1e-6);
  });

  it('postpones the updates of rows that are not in a batch until flush', () => {
    const given = createOptions(adam({ learningRate: 0.1, l2: 0.5, rows: 'dense' }));
    const steps = bilinearSteps(given)!;
    const others = { ...batch, negatives: Int32Array.of(0) };
    steps.step(others, 1);
    expect([...given.tables.item.dataSync()].slice(2)).toEqual([0, 1]);
    steps.flush();
    // Adam's first step has the size of the learning rate and the sign of −0.5 · w
    expectClose([...given.tables.item.dataSync()].slice(2), [0, 0.9], 1e-6);
  });

  it('changes nothing if an id is out of range', () => {
    const given = createOptions();
    expect(() => bilinearSteps(given)!.step({ ...batch, negatives: Int32Array.of(2) }, 1)).toThrow(
      /negatives.*expected ids from 0 to 1, received 2/,
    );
    expect([...given.tables.user.dataSync()]).toEqual([1, 2]);
  });

  it('is undefined for other parameters than the tables, and on other backends', async () => {
    const given = createOptions();
    const more = new Map<string, tf.Variable>([...given.parameters, ['mean', tf.variable(tf.tensor1d([1]))]]);
    expect(bilinearSteps({ ...given, parameters: more })).toBeUndefined();
    await useBackend('cpu');
    expect(bilinearSteps(createOptions())).toBeUndefined();
    await useBackend(backend);
  });
});
