import { createRng, omitUndefined } from '@footlight/core';
import type { Batch } from '@footlight/datasets';
import { sgd, tf } from '@footlight/engine';
import type { CatalogueLoss, Loss, RankingLoss, RatingLoss } from '@footlight/losses';
import type { Network } from '@footlight/models';
import { beforeEach, describe, expect, it } from 'vitest';
import { createComposedStepper } from './composed-stepper.js';

// Two rows of three steps; the first step of the first row is padding.
const batch: Batch = {
  time: 3,
  users: Int32Array.of(4, 6),
  history: Int32Array.of(0, 1, 2, 3, 4, 5),
  targets: Int32Array.of(6, 1, 2, 3, 4, 5),
  mask: Float32Array.of(0, 1, 1, 1, 1, 1),
  ratings: Float32Array.of(9, 1, 2, 3, 4, 5),
};

/** Scores an item by its id times one learned number. */
function createNetwork(weight: tf.Variable, penalty?: readonly number[]): Network {
  return {
    reads: { history: 3 },
    parameters: { weight },
    encode: () => ({
      vectors: tf.mul(tf.ones([2, 3, 1]), weight) as tf.Tensor3D,
      ...omitUndefined({ penalty: penalty && tf.tensor1d([...penalty]) }),
    }),
    score: (vectors, candidates) =>
      tf.mul(vectors, candidates ? tf.cast(candidates, 'float32') : tf.range(0, 7)) as tf.Tensor2D,
  };
}

const ranking: RankingLoss = {
  kind: 'ranking',
  name: 'difference',
  compute: ({ positive, negatives }) => tf.sub(tf.mean(negatives, 1), positive) as tf.Tensor1D,
};
const rating: RatingLoss = {
  kind: 'rating',
  name: 'difference',
  link: (score) => score,
  compute: ({ predicted, rating: expected }) => tf.sub(predicted, expected) as tf.Tensor1D,
};
const catalogue: CatalogueLoss = {
  kind: 'catalogue',
  name: 'target',
  compute: ({ scores, targets }) =>
    tf.add(tf.max(scores, 1), tf.cast(targets as tf.Tensor1D, 'float32')) as tf.Tensor1D,
};

function record(losses: tf.Tensor1D, counts: number[]): tf.Tensor1D {
  counts.push(losses.shape[0]);
  return losses;
}

describe('createComposedStepper', () => {
  let weight: tf.Variable;
  beforeEach(async () => {
    await tf.setBackend('cpu');
    weight = tf.variable(tf.scalar(2));
  });
  const sampled: Int32Array[] = [];
  const step = async (
    loss: Loss,
    penalty?: readonly number[],
    factor = 1,
    penaltyWeight = 1,
    weights?: Float32Array,
    given: Batch = batch,
  ) => {
    const sampler = {
      sample(users: Int32Array, positives: Int32Array) {
        sampled.push(users, positives);
        return Int32Array.from({ length: 2 * positives.length }, (_, at) => at % 2); // items 0 and 1 for every query
      },
    };
    const stepper = createComposedStepper({
      network: createNetwork(weight, penalty),
      parameters: new Map([['weight', weight]]),
      loss,
      optimizer: sgd({ learningRate: 0.1 }),
      itemCount: 7,
      sampler: loss.kind === 'ranking' ? sampler : undefined,
    });
    const weighted = { ...given, ...omitUndefined({ weights }) };
    return stepper.begin({ batch: weighted, rng: createRng(1), learningRateFactor: factor, epoch: 0, penaltyWeight })();
  };

  it('averages a ranking loss over real queries, and moves along its gradient', async () => {
    // Scores are 2·id; real targets 1…5 have the mean 3, negatives the mean 0.5: 2 · (0.5 − 3) = −5, slope −2.5.
    expect(await step(ranking)).toBeCloseTo(-5, 6);
    expect(weight.dataSync()[0]).toBeCloseTo(2 + 0.1 * 2.5, 6);
  });

  it('calls the sampler with the user of each real query', async () => {
    sampled.length = 0;
    await step(ranking);
    expect(sampled.map((ids) => [...ids])).toEqual([
      [4, 4, 6, 6, 6],
      [1, 2, 3, 4, 5],
    ]);
  });

  it.each([ranking, catalogue, rating])('scores real queries only: a $kind loss', async (loss) => {
    const counts: number[] = [];
    await step({ ...loss, compute: (input: never) => record(loss.compute(input), counts) } as Loss);
    expect(counts).toEqual([5]);
  });

  it('changes nothing with a batch of padding only', async () => {
    const before = weight.dataSync()[0];
    const padding = { ...batch, mask: new Float32Array(6) };
    expect(await step(ranking, undefined, 1, 1, undefined, padding)).toBe(0);
    expect(weight.dataSync()[0]).toBe(before);
  });

  it('averages a rating loss over real queries', async () => {
    // 2·id − rating with ratings 1…5 for items 1…5: 1, 2, 3, 4, 5.
    expect(await step(rating)).toBeCloseTo(3, 6);
  });

  it('passes every item to a catalogue loss', async () => {
    // The largest score is 2 · 6; plus the targets 1…5: 13 … 17.
    expect(await step(catalogue)).toBeCloseTo(15, 6);
  });

  it('weighs every kind of loss, and its gradient, by the weights of the targets', async () => {
    const weights = Float32Array.of(100, 0, 1, 0, 2, 1); // real targets 1…5 have the weights 0, 1, 0, 2, 1
    // The weighted mean of the items is (2 + 2·4 + 5) / 4 = 3.75.
    expect(await step(ranking, undefined, 1, 1, weights)).toBeCloseTo(2 * (0.5 - 3.75), 6);
    expect(weight.dataSync()[0]).toBeCloseTo(2 + 0.1 * 3.25, 6);
    weight.assign(tf.scalar(2));
    expect(await step(rating, undefined, 1, 1, weights)).toBeCloseTo(3.75, 6); // 2·id − rating is the id
    weight.assign(tf.scalar(2));
    expect(await step(catalogue, undefined, 1, 1, weights)).toBeCloseTo(12 + 3.75, 6);
    const zeros = new Float32Array(6); // a batch in which nothing counts changes nothing
    const before = weight.dataSync()[0];
    expect(await step(rating, undefined, 1, 1, zeros)).toBe(0);
    expect(weight.dataSync()[0]).toBe(before);
  });

  it('adds the mean of the penalty over the rows of the batch, times its weight', async () => {
    expect(await step(ranking, [1, 4])).toBeCloseTo(-5 + 2.5, 6);
    weight.assign(tf.scalar(2));
    expect(await step(ranking, [1, 4], 1, 0.4)).toBeCloseTo(-5 + 0.4 * 2.5, 6);
  });

  it('adds the mean of the penalties that the model adds while it scores, times the weight', async () => {
    const { score, ...network } = createNetwork(weight);
    const stepper = createComposedStepper({
      network: {
        ...network,
        score(vectors, candidates, training) {
          training!.addPenalty!(tf.mul(weight, tf.tensor1d([1, 4])));
          return score(vectors, candidates, training);
        },
      } as Network,
      parameters: new Map([['weight', weight]]),
      loss: rating,
      optimizer: sgd({ learningRate: 0.1 }),
      itemCount: 7,
      sampler: undefined,
    });
    const options = { batch, rng: createRng(1), learningRateFactor: 1, epoch: 0, penaltyWeight: 0.4 };
    expect(await stepper.begin(options)()).toBeCloseTo(3 + 0.4 * 2 * 2.5, 6);
    expect(weight.dataSync()[0]).toBeCloseTo(2 - 0.1 * (3 + 0.4 * 2.5), 6); // the mean item is 3
  });

  it('scales the learning rate', async () => {
    await step(ranking, undefined, 0.5);
    expect(weight.dataSync()[0]).toBeCloseTo(2 + 0.05 * 2.5, 6);
  });
});
