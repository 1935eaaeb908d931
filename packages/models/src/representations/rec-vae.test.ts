import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import { sparseSoftmaxLoss, tf, toSparseRows, valueAndGradients } from '@footlight/engine';
import { describeOnBackends } from '@footlight/engine/testing';
import { collectParameters, disposeParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeRepresentation } from '../testing/describe-representation.js';
import type { Queries } from '../types.js';
import { measureError, toDense } from './compare-with-torch.fixture.js';
import { type RecVaeOptions, recVae } from './rec-vae.js';

describeRepresentation('recVae', recVae({ dim: 5, hidden: 13, dropout: 0.2 }));

interface Numbers {
  readonly shape: number[];
  readonly values: number[];
}

/** Values of PyTorch in double precision, from tooling/fixtures/rec_vae.py. */
const torch = JSON.parse(readFileSync(new URL('../../fixtures/rec-vae.json', import.meta.url), 'utf8')) as {
  model: RecVaeOptions;
  baskets: number[][];
  parameters: Record<string, Numbers>;
  scores: Numbers;
  penalty: Numbers;
  loss: number;
  gradients: Record<string, Numbers>;
};
const itemCount = 11;
const createQueries = (): Queries => ({
  users: tf.zeros([torch.baskets.length], 'int32'),
  history: tf.zeros([torch.baskets.length, 1], 'int32'),
  mask: tf.zeros([torch.baskets.length, 1]),
  baskets: toSparseRows(torch.baskets),
});

describeOnBackends('recVae', () => {
  it('agrees with PyTorch in scores, penalty, loss and gradients', () => {
    const network = recVae({ ...torch.model, dropout: 0 }).build({ userCount: 3, itemCount }, createRng(1));
    const variables = collectParameters(network.parameters);
    expect([...variables.keys()].sort()).toEqual(Object.keys(torch.parameters).sort());
    for (const [path, { shape, values }] of Object.entries(torch.parameters))
      variables.get(path)!.assign(tf.tensor(values, shape));
    tf.tidy(() => {
      const query = torch.baskets.flatMap((items, row) => items.map(() => row));
      const targets = { query: tf.tensor1d(query, 'int32'), item: tf.tensor1d(torch.baskets.flat(), 'int32') };
      const { value, gradients } = valueAndGradients(() => {
        const { vectors, penalty } = network.encode(createQueries(), { rng: createRng(5) });
        const scores = network.score(tf.reshape(vectors, [vectors.shape[0], vectors.shape[2]]));
        expect(measureError(scores.dataSync(), torch.scores.values)).toBeLessThan(1e-5);
        expect(measureError(penalty!.dataSync(), torch.penalty.values)).toBeLessThan(1e-5);
        return tf.add(tf.mean(sparseSoftmaxLoss(scores, targets)), tf.mean(penalty!)) as tf.Scalar;
      }, variables);
      expect(Math.abs(value.dataSync()[0]! / torch.loss - 1)).toBeLessThan(1e-5);
      expect([...gradients.keys()].sort()).toEqual(Object.keys(torch.gradients).sort()); // none of the previous encoder
      for (const [path, { shape, values }] of Object.entries(torch.gradients))
        expect(measureError(toDense(gradients.get(path)!, shape), values), path).toBeLessThan(1e-5);
    });
    disposeParameters(network.parameters);
  });
});

describe('recVae', () => {
  const build = (options: RecVaeOptions = {}) =>
    recVae({ dim: 5, hidden: 7, ...options }).build({ userCount: 3, itemCount }, createRng(2));

  it('trains encoder and decoder in turns, and copies the encoder before the decoder is trained', () => {
    const network = build({ encoderEpochs: 2, decoderEpochs: 1 });
    const variables = collectParameters(network.parameters);
    const listTrained = (epoch: number) => {
      const plan = network.planEpoch!(epoch);
      return [...new Set([...variables.keys()].filter(plan.trains).map((path) => path.split('/')[0]))];
    };
    expect([0, 1, 2, 3].map(listTrained)).toEqual([['encoder'], ['encoder'], ['item', 'itemBias'], ['encoder']]);
    const read = (part: string) => [...variables.get(`${part}/code/bias`)!.dataSync()];
    variables.get('encoder/code/bias')!.assign(tf.ones([10]));
    for (const epoch of [0, 1]) network.planEpoch!(epoch).begin!();
    expect(read('previous')).not.toEqual(read('encoder'));
    network.planEpoch!(2).begin!();
    expect(read('previous')).toEqual(read('encoder'));
  });

  it('drops clicks for the encoder only', () => {
    const encode = (dropout: number, epoch: number) =>
      tf.tidy(() => [
        ...build({ dropout })
          .encode(createQueries(), { rng: createRng(1), epoch })
          .vectors.dataSync(),
      ]);
    expect(encode(0.5, 3)).toEqual(encode(0, 3));
    expect(encode(0.5, 2)).not.toEqual(encode(0, 2));
  });

  it('refuses invalid options', () => {
    expect(() => recVae({ mixture: [0.5, 0.4, 0.3] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recVae(mixture): expected three numbers with the sum 1, received [0.5, 0.4, 0.3].]`,
    );
    expect(() => recVae({ gamma: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recVae(gamma): expected a finite number from 0, received -1.]`,
    );
  });
});
