import { useBackend } from '@footlight/engine';
import {
  bert4Rec,
  cosineFactorization,
  ease,
  factorization,
  factorizationMachine,
  featurePopularity,
  gfCf,
  gru4Rec,
  ials,
  itemKnn,
  lightGcn,
  lstmRating,
  type Model,
  mixtureOfTastes,
  multDae,
  multVae,
  neuralCollaborativeFiltering,
  popularity,
  recVae,
  rp3beta,
  sasRec,
  sequenceCnn,
  sequenceGru,
  sequenceLstm,
  sequenceMLstm,
  sequencePooling,
  sequencePopularity,
  slim,
  twoTower,
} from '@footlight/models';
import { beforeAll, describe, it } from 'vitest';
import { expectSameLists } from './same-lists.fixture.js';

const sequence = { dim: 6, history: 5 };
const models: readonly Model[] = [
  factorization({ dim: 3 }),
  factorization({ dim: 3, biases: false }),
  factorization({ dim: 3, globalMean: true }),
  cosineFactorization({ dim: 3 }),
  factorizationMachine({ dim: 3 }),
  lightGcn({ dim: 3 }),
  twoTower({ dim: 3 }),
  twoTower({ dim: 3, similarity: 'cosine' }),
  neuralCollaborativeFiltering({ userDim: 3, itemDim: 5, hidden: [7, 2] }),
  sequencePooling(sequence),
  sequencePopularity({ history: 5 }),
  sequenceLstm(sequence),
  sequenceMLstm(sequence),
  sequenceGru(sequence),
  gru4Rec(sequence),
  sequenceCnn({ ...sequence, layers: 2 } as never),
  mixtureOfTastes(sequence),
  sequenceLstm({ ...sequence, scorer: { hidden: [7] } }),
  sasRec({ ...sequence, heads: 2 }),
  sasRec({ ...sequence, heads: 1, activation: 'swiglu', gates: true, hidden: 11 }),
  sasRec({ ...sequence, positions: 'rotary', normalization: 'after', activation: 'gelu', tied: false }),
  bert4Rec({ ...sequence, heads: 2 }),
  lstmRating({ dim: 3, hidden: 5, history: 4 }),
  multVae({ dims: [7, 3] }),
  multDae({ dims: [5], faithful: 'extra-tanh' }),
  recVae({ dim: 3, hidden: 7 }),
  ease({ regularization: 5 }),
  slim(),
  itemKnn(),
  rp3beta(),
  gfCf({ dim: 3 }),
  ials({ dim: 3 }),
  popularity(),
  featurePopularity(),
];

describe('toOnnx, every model', () => {
  beforeAll(async () => {
    await useBackend('cpu');
  });

  it.each(models.map((model) => [`${model.name} ${JSON.stringify(model.protocol)}`.slice(0, 60), model] as const))(
    '%s: the top 20 of Node',
    (_, model) => expectSameLists(model),
    60_000,
  );
});
