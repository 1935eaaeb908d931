import { createRng } from '@footlight/core';
import { tf, valueAndGradients } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { type CatalogueLoss, multinomialLoss, softmaxLoss } from '@footlight/losses';
import { sequencePooling } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeLosses } from './compute-losses.js';
import type { StepContext } from './types.js';

describe('computeLosses', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each([softmaxLoss(), multinomialLoss()])('computes $name from factors where there are many scores', (given) => {
    const network = sequencePooling({ dim: 3, history: 2 }).build({ userCount: 1, itemCount: 11 }, createRng(1));
    const parameters = collectParameters(network.parameters);
    const calls: string[] = [];
    const loss: CatalogueLoss = {
      ...given,
      compute(input) {
        calls.push('scores');
        return given.compute(input);
      },
      computeFromProduct(input) {
        calls.push('factors');
        return given.computeFromProduct!(input);
      },
    };
    const run = (itemCount: number, used = loss) =>
      tf.tidy(() => {
        const context = { network, parameters, loss: used, itemCount } as unknown as StepContext;
        const queries = { users: new Int32Array(2), targets: Int32Array.of(10, 4) };
        const { value, gradients } = valueAndGradients(() => {
          const losses = computeLosses(context, { queries, batch: {}, negatives: undefined }, vectors, { rng });
          return tf.mean(losses) as tf.Scalar;
        }, parameters);
        return [value.dataSync()[0]!, ...[...gradients.values()].flatMap(({ values }) => [...values])];
      });
    const rng = createRng(2);
    const vectors = tf.tensor2d([
      [1, 2, 3],
      [-1, 0, 2],
    ]);
    const [few, many] = [run(11), run(2 ** 26)];
    expect(calls).toEqual(['scores', 'factors']);
    many.forEach((value, at) => void expect(value).toBeCloseTo(few[at]!, 5));
    const { computeFromProduct: _, ...plain } = loss;
    run(2 ** 26, plain);
    expect(calls.at(-1)).toBe('scores');
  });
});
