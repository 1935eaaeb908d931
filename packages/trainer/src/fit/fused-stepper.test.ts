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

async function runFit(network: Network, loss: RankingLoss, optimizer: Optimizer, source: Negatives = negatives) {
  const losses: number[] = [];
  let weights = new Map<string, number[]>();
  const options = { loss, optimizer, negatives: source, epochs: 2, batchSize: 37, rng: createRng('fit') };
  for await (const { loss, state } of fit(network, train, options)) {
    losses.push(loss);
    weights = new Map([...(await copyParameters(state.parameters))].map(([path, { values }]) => [path, [...values]]));
  }
  return { losses, weights, moments: [...optimizer.state()].map(([key, { values }]) => [key, [...values]] as const) };
}

/** The same network without its tables, so that its steps are composed. */
function withoutTables({ bilinear: _, ...network }: Network): Network {
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

  /**
   * WARP has few distinct weights, so the gradients of an item may cancel except for rounding, which optimizers with
   * moments enlarge to steps of full size.
   */
  const isComparable = (loss: RankingLoss, optimizer: string) =>
    findFormula(loss)!.name !== 'warp' || optimizer.startsWith('sgd');

  it.each(
    losses.flatMap((loss) =>
      optimizers
        .filter(([name]) => isComparable(loss, name))
        .map(([name, make]) => [loss.name, name, loss, make] as const),
    ),
  )('agrees with the composed step within rounding: %s, %s', async (_, __, loss, make) => {
    const fused = await runFit(build(), loss, make());
    const composed = await runFit(withoutTables(build()), loss, make());
    fused.losses.forEach((value, epoch) => void expect(value).toBeCloseTo(composed.losses[epoch]!, 4));
    for (const [path, values] of composed.weights)
      if (path !== 'userBias/weight' || !isPairwise(loss))
        expect(measureDistance(fused.weights.get(path)!, values), path).toBeLessThan(2e-3);
    expect(fused.moments.map(([key, values]) => [key, values.length])).toEqual(
      composed.moments.map(([key, values]) => [key, values.length]),
    );
  });

  it('is complete before an error in the next step reaches the caller', async () => {
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
      await expect(runFit(network, bprLoss(), sgd({ learningRate: 5 }), four)).rejects.toThrow('received a fifth');
      return [...own.bilinear!.item.dataSync()];
    };
    const [one, other] = [build(), build()];
    const start = [...one.bilinear!.item.dataSync()];
    const fused = await items(one, one);
    expect(measureDistance(fused, start)).toBeGreaterThan(0.01);
    expect(measureDistance(fused, await items(withoutTables(other), other))).toBeLessThan(1e-5);
  });

  it('reports the step whose loss is not finite', async () => {
    const message = async (network: Network) =>
      runFit(network, bprLoss(), sgd({ learningRate: 1e30 })).then(
        () => 'none',
        (error: Error) => error.message,
      );
    const fused = await message(build());
    expect(fused).toMatch(/expected a finite loss.*step [1-9]/);
    expect(fused).toBe(await message(withoutTables(build())));
  });

  it('is used only for models whose scores are products of two tables', async () => {
    const { bilinear } = build();
    expect(bilinear).toBeDefined();
    expect(
      factorization({ dim: 5, globalMean: true }).build(train.catalogue, createRng('model')).bilinear,
    ).toBeUndefined();
  });
});

/**
 * The bias of a user is in both scores of a pair, so its gradient is only rounding, which optimizers with moments
 * enlarge to steps of full size.
 */
function isPairwise(loss: RankingLoss): boolean {
  return !['pointwise', 'logistic'].includes(findFormula(loss)!.name);
}

/** The largest distance between two lists. */
function measureDistance(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((value, at) => Math.abs(value - other[at]!)));
}
