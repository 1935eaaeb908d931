import { createRng, invalid } from '@footlight/core';
import { type Negatives, uniformNegatives } from '@footlight/datasets';
import { adagrad, adam, adamW, type Optimizer, sgd, useBackend } from '@footlight/engine';
import {
  adaptiveHingeLoss,
  bprLoss,
  findFormula,
  hingeLoss,
  logisticLoss,
  pointwiseLoss,
  type RankingLoss,
  sampledSoftmaxLoss,
  sigmoidBprLoss,
  warpLoss,
} from '@footlight/losses';
import { factorization, type Network } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { createTwoTastes } from '../fixtures.js';
import { copyParameters } from '../storage/parameters.js';
import { fit } from './fit.js';

const native = await useBackend('native').then(
  () => true,
  () => false,
);
const train = createTwoTastes();

const negatives = uniformNegatives({ count: 3 });

async function trained(network: Network, loss: RankingLoss, optimizer: Optimizer, drawn: Negatives = negatives) {
  const losses: number[] = [];
  let weights = new Map<string, number[]>();
  const options = { loss, optimizer, negatives: drawn, epochs: 2, batchSize: 37, rng: createRng('fit') };
  for await (const { loss, state } of fit(network, train, options)) {
    losses.push(loss);
    weights = new Map([...(await copyParameters(state.parameters))].map(([path, { values }]) => [path, [...values]]));
  }
  return { losses, weights, moments: [...optimizer.state()].map(([key, { values }]) => [key, [...values]] as const) };
}

/** The same network, whose steps have to be composed. */
function composed({ bilinear: _, ...network }: Network): Network {
  return network;
}

describe.skipIf(!native)(`a fused step${native ? '' : ' (not tested: the C++ kernels do not load here)'}`, () => {
  const losses = [
    bprLoss(),
    sigmoidBprLoss(),
    pointwiseLoss(),
    pointwiseLoss({ terms: 'mean' }),
    hingeLoss({ margin: 0.5 }),
    adaptiveHingeLoss(),
    warpLoss(),
    logisticLoss(),
    sampledSoftmaxLoss(),
  ];
  const optimizers: [string, () => Optimizer][] = [
    ['adam, lazy', () => adam({ learningRate: 0.02 })],
    ['adam, dense with l2', () => adam({ learningRate: 0.02, rows: 'dense', l2: 1e-3 })],
    ['adam-w', () => adamW({ learningRate: 0.02, decay: 0.1 })],
    ['adagrad', () => adagrad({ learningRate: 0.1 })],
    ['sgd with momentum', () => sgd({ learningRate: 0.5, momentum: 0.5 })],
  ];
  const build = () => factorization({ dim: 5 }).build(train.catalogue, createRng('model'));

  /** Weights of warp are few, so that an item's slopes may cancel but for rounding, which optimizers with moments blow up to steps of full size. */
  const fits = (loss: RankingLoss, optimizer: string) =>
    findFormula(loss)!.name !== 'warp' || optimizer.startsWith('sgd');

  it.each(
    losses.flatMap((loss) =>
      optimizers.filter(([name]) => fits(loss, name)).map(([name, make]) => [loss.name, name, loss, make] as const),
    ),
  )('is the composed one within rounding: %s, %s', async (_, __, loss, make) => {
    const fused = await trained(build(), loss, make());
    const parts = await trained(composed(build()), loss, make());
    fused.losses.forEach((value, epoch) => void expect(value).toBeCloseTo(parts.losses[epoch]!, 4));
    for (const [path, values] of parts.weights)
      if (path !== 'userBias/weight' || !isPairwise(loss))
        expect(far(fused.weights.get(path)!, values), path).toBeLessThan(2e-3);
    expect(fused.moments.map(([key, values]) => [key, values.length])).toEqual(
      parts.moments.map(([key, values]) => [key, values.length]),
    );
  });

  it('is done before anybody sees that the next one could not be made', async () => {
    const four: Negatives = {
      ...negatives,
      prepare(interactions) {
        const sampler = negatives.prepare(interactions);
        let left = 4;
        return {
          ...sampler,
          sample: (...given) => (left-- > 0 ? sampler.sample(...given) : invalid('four', 'four steps', 'a fifth')),
        };
      },
    };
    const items = async (network: Network, own: Network) => {
      await expect(trained(network, bprLoss(), sgd({ learningRate: 5 }), four)).rejects.toThrow('received a fifth');
      return [...own.bilinear!.item.dataSync()];
    };
    const [one, other] = [build(), build()];
    const start = [...one.bilinear!.item.dataSync()];
    const fused = await items(one, one);
    expect(far(fused, start)).toBeGreaterThan(0.01);
    expect(far(fused, await items(composed(other), other))).toBeLessThan(1e-5);
  });

  it('says which step had a loss that is not finite', async () => {
    const message = async (network: Network) =>
      trained(network, bprLoss(), sgd({ learningRate: 1e30 })).then(
        () => 'none',
        (error: Error) => error.message,
      );
    const fused = await message(build());
    expect(fused).toMatch(/expected a finite loss.*step [1-9]/);
    expect(fused).toBe(await message(composed(build())));
  });

  it('is taken only where it computes what the parts do', async () => {
    const { bilinear } = build();
    expect(bilinear).toBeDefined();
    expect(
      factorization({ dim: 5, globalMean: true }).build(train.catalogue, createRng('model')).bilinear,
    ).toBeUndefined();
  });
});

/** A user's bias is in both scores of a pair and has no gradient but rounding, which optimizers with moments blow up to steps of full size. */
function isPairwise(loss: RankingLoss): boolean {
  return !['pointwise', 'logistic'].includes(findFormula(loss)!.name);
}

/** The largest distance of two lists. */
function far(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, at) => Math.abs(value - other[at]!)));
}
