import { createRng } from '@footlight/core';
import { inBatchNegatives, type NegativeSampler, uniformNegatives } from '@footlight/datasets';
import { sgd, tf } from '@footlight/engine';
import { bprMaxLoss, type RankingLoss, sampledSoftmaxLoss } from '@footlight/losses';
import { factorization, type Network, sasRec } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTwoTastes } from '../fixtures.js';
import { copyParameters } from '../storage/parameters.js';
import { fit } from './fit.js';
import { createFusedStepper } from './fused-stepper.js';
import type { StepContext } from './types.js';

const train = createTwoTastes();
const models = { factorization: factorization({ dim: 5 }), sasRec: sasRec({ dim: 4, history: 6, dropout: 0 }) };

describe('negatives that queries share', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  const run = async (network: Network, loss: RankingLoss, negatives = inBatchNegatives({ extra: 3 })) => {
    const losses: number[] = [];
    let weights: number[] = [];
    const options = { loss, negatives, optimizer: sgd({ learningRate: 0.1 }), epochs: 2, batchSize: 31 };
    for await (const { loss: value, state } of fit(network, train, { ...options, rng: createRng('fit') })) {
      losses.push(value);
      weights = [...(await copyParameters(state.parameters)).values()].flatMap(({ values }) => [...values]);
    }
    return { losses, weights };
  };

  it.each(Object.entries(models))(
    'have the same losses and gradients as a product and one by one: %s',
    async (_, model) => {
      const build = () => model.build(train.catalogue, createRng('model'));
      const { catalogue: __, bilinear: ___, ...scored } = build();
      for (const loss of [bprMaxLoss(), sampledSoftmaxLoss({ correction: 'log-q' })]) {
        const product = await run(build(), loss);
        const { catalogue: ____, ...single } = build();
        const each = await run({ ...scored, ...single } as Network, loss);
        product.losses.forEach((value, at) => void expect(value).toBeCloseTo(each.losses[at]!, 5));
        product.weights.forEach((value, at) => void expect(value).toBeCloseTo(each.weights[at]!, 5));
      }
    },
  );

  it('lower the loss', async () => {
    const network = models.factorization.build(train.catalogue, createRng('model'));
    const { losses } = await run(network, sampledSoftmaxLoss({ correction: 'log-q' }));
    expect(losses[1]).toBeLessThan(losses[0]!);
  });

  it('cost nothing where a query rejects them', async () => {
    // All negatives are the positive of every query: nothing is left to compare with.
    const sampler: NegativeSampler = {
      sampleShared: () => Int32Array.of(1, 2, 3),
      rejects: () => true,
      sample: (_, positives) => positives,
    };
    const negatives = { name: 'all', protocol: {}, count: 3, prepare: () => sampler };
    const network = models.factorization.build(train.catalogue, createRng('model'));
    const { losses } = await run(network, sampledSoftmaxLoss(), negatives as never);
    expect(losses).toEqual([0, 0]);
  });

  it('have no fused step', () => {
    const network = models.factorization.build(train.catalogue, createRng('model'));
    const sampler = uniformNegatives({ count: 3, per: 'batch' }).prepare(train);
    const context = { network, sampler, loss: sampledSoftmaxLoss() } as unknown as StepContext;
    expect(createFusedStepper(context)).toBeUndefined();
  });
});
