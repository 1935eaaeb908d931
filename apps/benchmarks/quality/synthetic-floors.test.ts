import { byUser, markovSequences, uniformNegatives, windowTargets } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bloomEmbeddings } from '@footlight/layers';
import { adaptiveHingeLoss, hingeLoss, pointwiseLoss, type RankingLoss, sigmoidBprLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import {
  mixtureOfTastes,
  type Representation,
  sequenceCnn,
  sequenceGru,
  sequenceLstm,
  sequenceMLstm,
  sequencePooling,
} from '@footlight/models';
import { defineExperiment, runExperiment } from '@footlight/trainer';
import { describe, expect, it } from 'vitest';

// Lower bounds of Spotlight's tests for the MRR on synthetic sequences, in which the next item depends on the last two.

interface Trial {
  readonly epochs: number;
  readonly learningRate?: number;
  readonly l2?: number;
  readonly loss?: RankingLoss;
  /** Concentration of the transition probabilities: sequences are predictable near 0, and hardly above 1. */
  readonly concentration?: number;
  readonly interactions?: number;
}

async function computeMrr(model: Representation, trial: Trial): Promise<number> {
  const {
    epochs,
    learningRate = 0.01,
    l2 = 0,
    loss = sigmoidBprLoss(),
    concentration = 0.001,
    interactions = 10_000,
  } = trial;
  const windows = { length: 10, minimum: 1, firstTarget: true };
  const experiment = defineExperiment({
    dataset: markovSequences({ users: 100, items: 100, interactions, concentration, order: 2, seed: 42 }),
    split: windowTargets(byUser({ test: 0.2, seed: 42 }), windows),
    metrics: [mrr()],
    seen: 'include',
    seed: 42,
    model,
    loss,
    negatives: uniformNegatives({ count: loss.negativeCount ?? 1, reject: 'nothing' }),
    windows,
    epochs,
    batchSize: 128,
    optimizer: () => adam({ learningRate, l2, rows: 'dense' }),
  });
  return (await runExperiment(experiment)).metrics.mrr!.mean;
}

const sizes = { dim: 32, history: 9 };
const recurrentTrial: Trial = { epochs: 25, l2: 1e-7 };
const poolingTrial: Trial = { epochs: 5, learningRate: 0.1, l2: 1e-9 };
const models: Record<string, { model: Representation; trial: Trial; floor: number }> = {
  pooling: { model: sequencePooling(sizes), trial: poolingTrial, floor: 0.18 },
  cnn: { model: sequenceCnn({ ...sizes, width: 5 }), trial: { epochs: 25 }, floor: 0.65 },
  lstm: { model: sequenceLstm(sizes), trial: recurrentTrial, floor: 0.61 },
  mixture: { model: mixtureOfTastes(sizes), trial: { ...recurrentTrial, epochs: 50 }, floor: 0.3 },
  // Not in Spotlight; the lower bound is that of its LSTM.
  gru: { model: sequenceGru(sizes), trial: recurrentTrial, floor: 0.61 },
  mLstm: { model: sequenceMLstm(sizes), trial: recurrentTrial, floor: 0.61 },
};

describe('on predictable sequences', () => {
  for (const [name, { model, trial, floor }] of Object.entries(models))
    it(`${name} reaches ${floor}`, async () => expect(await computeMrr(model, trial)).toBeGreaterThan(floor));

  const losses = {
    pointwise: [pointwiseLoss(), 0.15],
    hinge: [hingeLoss(), 0.16],
    adaptive: [adaptiveHingeLoss(), 0.16],
  } as const;
  for (const [name, [loss, floor]] of Object.entries(losses))
    it(`pooling with the ${name} loss reaches ${floor}`, async () =>
      expect(await computeMrr(sequencePooling(sizes), { ...poolingTrial, loss })).toBeGreaterThan(floor));

  for (const dilations of [[1], [1, 2]])
    it(`cnn with ${dilations.length} layers reaches 0.65`, async () =>
      expect(
        await computeMrr(sequenceCnn({ ...sizes, width: 3, dilations }), {
          epochs: 25 * dilations.length,
          interactions: 20_000,
        }),
      ).toBeGreaterThan(0.65));
});

describe('on random sequences', () => {
  for (const [name, { model, trial }] of Object.entries(models))
    it(`${name} reaches the MRR of popularity`, async () =>
      expect(await computeMrr(model, { ...trial, concentration: 100 })).toBeGreaterThan(0.03));
});

describe('with compressed embeddings', () => {
  const compressed = {
    cnn: { model: sequenceCnn, hashes: 2, trial: { epochs: 5 }, floors: { 0.2: 0.14, 0.5: 0.3, 1: 0.5 } },
    lstm: { model: sequenceLstm, hashes: 4, trial: recurrentTrial, floors: { 0.2: 0.18, 0.5: 0.4, 1: 0.6 } },
    pooling: { model: sequencePooling, hashes: 2, trial: recurrentTrial, floors: { 0.2: 0.06, 0.5: 0.07, 1: 0.13 } },
  };
  for (const [name, { model, hashes, trial, floors }] of Object.entries(compressed))
    for (const [ratio, floor] of Object.entries(floors))
      it(`${name} reaches ${floor} with ${ratio} of the rows`, async () => {
        const itemEmbedding = bloomEmbeddings({ ratio: Number(ratio), hashes, faithful: 'dead-row' });
        expect(
          await computeMrr(model({ ...sizes, itemEmbedding }), { ...trial, interactions: 20_000 }),
        ).toBeGreaterThan(floor);
      });
});
