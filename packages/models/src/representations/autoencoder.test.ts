import { readFileSync } from 'node:fs';
import { createRng, fillNormal, omitUndefined } from '@footlight/core';
import { sparseSoftmaxLoss, tf, valueAndGradients } from '@footlight/engine';
import { describeOnBackends } from '@footlight/engine/testing';
import { collectParameters, disposeParameters } from '@footlight/layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import type { Network, Queries, Representation } from '../types.js';
import type { AutoencoderOptions } from './autoencoder-options.js';
import { measureError, toDense } from './compare-with-torch.fixture.js';
import { multDae } from './mult-dae.js';
import { multVae } from './mult-vae.js';

describeRepresentation('multVae', multVae({ dims: [13, 5], dropout: { encoder: [0.2] } }));
describeRepresentation(
  'multVae of three layers',
  multVae({ dims: [17, 13, 5], dropout: { encoder: [0.2, 0.1], decoder: [0, 0.1] } }),
);
describeRepresentation('multVae with the extra tanh', multVae({ dims: [13, 5], faithful: 'extra-tanh' }));
describeRepresentation('multDae', multDae({ dims: [13, 5] }));
describeRepresentation('multDae of one layer', multDae({ dims: [5] }));

interface Numbers {
  readonly shape: number[];
  readonly values: number[];
}
interface Case {
  readonly model: { dims: number[]; variational: boolean; extraTanh: boolean; sampled: boolean };
  readonly parameters: Record<string, Numbers>;
  readonly scores: Numbers;
  readonly penalty: Numbers;
  readonly loss: number;
  readonly gradients: Record<string, Numbers>;
}

/** Values of PyTorch in double precision, from tooling/fixtures/autoencoders.py. */
const torch = JSON.parse(readFileSync(new URL('../../fixtures/autoencoders.json', import.meta.url), 'utf8')) as {
  baskets: number[][];
  beta: number;
  noise: number[];
  networks: Record<string, Case>;
};
const itemCount = 11;

function createQueries(baskets: readonly (readonly number[])[]): Queries {
  const offsets = new Int32Array(baskets.length + 1);
  for (const [row, items] of baskets.entries()) offsets[row + 1] = offsets[row]! + items.length;
  return {
    users: tf.zeros([baskets.length], 'int32'),
    history: tf.zeros([baskets.length, 1], 'int32'),
    mask: tf.zeros([baskets.length, 1]),
    baskets: { offsets, ids: Int32Array.from(baskets.flat()) },
  };
}

function createNetwork({ model: { dims, variational, extraTanh }, parameters }: Case): Network {
  const options: AutoencoderOptions = {
    dims,
    dropout: { encoder: [0] },
    ...omitUndefined({ faithful: extraTanh ? 'extra-tanh' : undefined }),
  };
  const network = (variational ? multVae(options) : multDae(options)).build({ userCount: 3, itemCount }, createRng(1));
  const variables = collectParameters(network.parameters);
  expect([...variables.keys()].sort()).toEqual(Object.keys(parameters).sort());
  for (const [path, { shape, values }] of Object.entries(parameters))
    variables.get(path)!.assign(tf.tensor(values, shape));
  return network;
}

const flat = (vectors: tf.Tensor3D) => tf.reshape(vectors, [vectors.shape[0], vectors.shape[2]]) as tf.Tensor2D;

describeOnBackends('autoencoders of baskets', () => {
  it.each(Object.keys(torch.networks))('agree with PyTorch in scores, loss and gradients: %s', (name) => {
    const known = torch.networks[name]!;
    const network = createNetwork(known);
    const training = known.model.sampled ? { training: { rng: createRng(5) } } : {};
    tf.tidy(() => {
      const queries = createQueries(torch.baskets);
      const query = torch.baskets.flatMap((items, row) => items.map(() => row));
      const targets = { query: tf.tensor1d(query, 'int32'), item: tf.tensor1d(torch.baskets.flat(), 'int32') };
      const { value, gradients } = valueAndGradients(() => {
        const { vectors, penalty } = network.encode(queries, training.training);
        const scores = network.score(flat(vectors));
        expect(measureError(scores.dataSync(), known.scores.values)).toBeLessThan(1e-5);
        if (penalty) expect(measureError(penalty.dataSync(), known.penalty.values)).toBeLessThan(1e-5);
        const loss = tf.mean(sparseSoftmaxLoss(scores, targets)) as tf.Scalar;
        return penalty ? tf.add(loss, tf.mul(torch.beta, tf.mean(penalty))) : loss;
      }, collectParameters(network.parameters));
      expect(Math.abs(value.dataSync()[0]! / known.loss - 1)).toBeLessThan(1e-5);
      expect([...gradients.keys()].sort()).toEqual(Object.keys(known.gradients).sort());
      for (const [path, { shape, values }] of Object.entries(known.gradients))
        expect(measureError(toDense(gradients.get(path)!, shape), values), path).toBeLessThan(1e-5);
    });
    disposeParameters(network.parameters);
  });
});

describe('multVae', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  const build = (model: Representation) => model.build({ userCount: 3, itemCount }, createRng(2));
  const encodeBaskets = (network: Network, seed?: string) =>
    tf.tidy(() => [
      ...network
        .encode(createQueries(torch.baskets), seed === undefined ? undefined : { rng: createRng(seed) })
        .vectors.dataSync(),
    ]);

  it('draws the noise of the fixture', () =>
    expect([...fillNormal(new Float32Array(15), createRng(5))]).toEqual(torch.noise));

  it('is noisy while training only', () => {
    const network = build(multVae({ dims: [7, 5], dropout: { encoder: [0] } }));
    expect(encodeBaskets(network)).toEqual(encodeBaskets(network));
    expect(encodeBaskets(network, 'one')).not.toEqual(encodeBaskets(network, 'other'));
    expect(encodeBaskets(network, 'one')).toEqual(encodeBaskets(network, 'one'));
  });

  it('drops clicks while training and enlarges the others', () => {
    // One dense layer from items to code, so atanh of the code is its sum: with an identity table, the clicks.
    const network = build(multDae({ dims: [itemCount], dropout: { encoder: [0.75] } }));
    const parameters = collectParameters(network.parameters);
    parameters.get('encoder/basket/weight')!.assign(tf.eye(itemCount));
    parameters.get('encoder/basket/bias')!.assign(tf.zeros([itemCount]));
    const clicks = (seed?: string) => encodeBaskets(network, seed).map((value) => Number(Math.atanh(value).toFixed(4)));
    expect(clicks().slice(0, itemCount)).toEqual([0.5, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0, 0.5]); // 1 / √4
    const seen = Array.from({ length: 2000 }, (_, at) => clicks(`${at}`)[0]!);
    expect([...new Set(seen)].sort()).toEqual([0, 2]); // 0.5 / 0.25
    expect(seen.filter((value) => value > 0).length / 2000).toBeCloseTo(0.25, 1);
  });

  it('scores a user with an empty basket', () => {
    const network = build(multVae({ dims: [7, 5] }));
    const { vectors } = network.encode(createQueries([[], [3]]));
    expect(network.score(flat(vectors)).dataSync().every(Number.isFinite)).toBe(true);
  });

  it('describes itself', () => {
    expect(multVae().protocol).toEqual({
      name: 'mult-vae',
      dims: [600, 200],
      decoder: [600],
      dropout: { encoder: [0.5, 0], decoder: [0, 0] },
    });
    expect(multDae({ faithful: 'extra-tanh' }).protocol).toEqual({
      name: 'mult-dae',
      dims: [200],
      decoder: [],
      dropout: { encoder: [0.5], decoder: [0] },
      faithful: 'extra-tanh',
    });
  });

  it('refuses options out of range', () => {
    expect(() => multVae({ dims: [] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multVae(dims): expected at least one layer, received none.]`,
    );
    expect(() => multVae({ dims: [600, 0.5] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multVae(dims): expected a positive integer, received 0.5.]`,
    );
    expect(() => multDae({ dims: [5], dropout: { encoder: [0.5, 0] } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multDae(dropout.encoder): expected at most 1 rates, one per dense layer, received 2.]`,
    );
    expect(() => multVae({ dropout: { decoder: [1] } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: multVae(dropout.decoder): expected a number in [0, 1), received 1.]`,
    );
    const { baskets: _, ...without } = createQueries([[1]]);
    expect(() => build(multVae({ dims: [5] })).encode(without)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: mult-vae.encode(queries): expected queries with baskets, received none.]`,
    );
  });
});
