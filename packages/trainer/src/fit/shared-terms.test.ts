import { createRng } from '@footlight/core';
import { adam } from '@footlight/engine';
import { describeOnBackends } from '@footlight/engine/testing';
import { collectParameters } from '@footlight/layers';
import {
  adaptiveHingeLoss,
  bprLoss,
  hingeLoss,
  pointwiseLoss,
  sampledSoftmaxLoss,
  sigmoidBprLoss,
  softmaxLoss,
  warpLoss,
} from '@footlight/losses';
import {
  factorization,
  factorizationMachine,
  type Network,
  neuralCollaborativeFiltering,
  sequencePooling,
} from '@footlight/models';
import { expect, it } from 'vitest';
import { createTwoTastes } from '../fixtures.js';
import { copyParameters } from '../storage/parameters.js';
import { fit } from './fit.js';
import type { FitOptions } from './types.js';

const train = createTwoTastes();

async function runFit(network: Network, loss: FitOptions['loss']): Promise<Map<string, number[]>> {
  const optimizer = adam({ learningRate: 0.02, rows: 'dense' });
  let weights = new Map<string, number[]>();
  for await (const { state } of fit(network, train, {
    ...{ loss, optimizer, epochs: 2, batchSize: 37, rng: createRng('fit') },
  }))
    weights = new Map([...(await copyParameters(state.parameters))].map(([path, { values }]) => [path, [...values]]));
  return weights;
}

const models = {
  factorization: [factorization({ dim: 5, globalMean: true }), ['userBias/weight', 'mean']],
  'factorization machine': [factorizationMachine({ dim: 5 }), ['userLinear/weight', 'bias']],
  'neural collaborative filtering': [
    neuralCollaborativeFiltering({ userDim: 4, itemDim: 4, hidden: [5] }),
    ['dense1/bias'],
  ],
  'sequence model with a perceptron': [
    sequencePooling({ dim: 4, history: 3, scorer: { hidden: [5] } }),
    ['scorer/dense1/bias'],
  ],
} as const;
const losses = [
  ...[bprLoss(), sigmoidBprLoss(), hingeLoss(), adaptiveHingeLoss(), warpLoss(), sampledSoftmaxLoss()],
  softmaxLoss(),
];
const build = (name: keyof typeof models) =>
  models[name][0].build({ ...train.catalogue, ratingMean: 3 }, createRng('model'));

describeOnBackends('terms that all items of a query share', () => {
  for (const name of Object.keys(models) as (keyof typeof models)[])
    for (const loss of losses)
      it(`stay as they were under losses that compare scores: ${name}, ${loss.name}`, async () => {
        const before = await copyInitial(build(name));
        const after = await runFit(build(name), loss);
        const paths = [...after.keys()].filter((path) => models[name][1].some((end) => path.endsWith(end)));
        expect(paths.length).toBe(models[name][1].length);
        for (const path of paths) expect(after.get(path)).toEqual(before.get(path));
      });

  it('are learned under the pointwise loss', async () => {
    const after = await runFit(build('factorization'), pointwiseLoss());
    expect(Math.max(...after.get('userBias/weight')!.map(Math.abs))).toBeGreaterThan(0.01);
  });

  it('leave the scores of fused and composed steps equal', async () => {
    const model = factorization({ dim: 5 });
    const [one, other] = [0, 1].map(() => model.build(train.catalogue, createRng('model'))) as [Network, Network];
    const { bilinear: _, ...composed } = other;
    const [fused, slow] = [await runFit(one, bprLoss()), await runFit(composed, bprLoss())];
    for (const [path, values] of fused)
      values.forEach((value, at) => void expect(slow.get(path)![at]).toBeCloseTo(value, 5));
    expect(slow.get('userBias/weight')!.every((value) => value === 0)).toBe(true);
  });
});

async function copyInitial(network: Network): Promise<Map<string, number[]>> {
  const copied = await copyParameters(collectParameters(network.parameters));
  return new Map([...copied].map(([path, { values }]) => [path, [...values]]));
}
