import { fileURLToPath } from 'node:url';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import type { FoldInOptions } from './fold-in/options.js';
import { bert4Rec } from './representations/bert4-rec.js';
import { cosineFactorization } from './representations/cosine-factorization.js';
import { factorization } from './representations/factorization.js';
import { factorizationMachine } from './representations/factorization-machine.js';
import { gru4Rec } from './representations/gru4-rec.js';
import { hstu } from './representations/hstu.js';
import { lightGcn } from './representations/light-gcn.js';
import { lstmRating } from './representations/lstm-rating.js';
import { mixtureOfTastes } from './representations/mixture-of-tastes.js';
import { multDae } from './representations/mult-dae.js';
import { multVae } from './representations/mult-vae.js';
import { neuralCollaborativeFiltering } from './representations/neural-collaborative-filtering.js';
import { recVae } from './representations/rec-vae.js';
import { sasRec } from './representations/sas-rec.js';
import { sequenceCnn } from './representations/sequence-cnn.js';
import { sequenceGru } from './representations/sequence-gru.js';
import { sequenceLstm } from './representations/sequence-lstm.js';
import { sequenceMLstm } from './representations/sequence-m-lstm.js';
import type { SequenceOptions } from './representations/sequence-model.js';
import { sequencePooling } from './representations/sequence-pooling.js';
import { sequencePopularity } from './representations/sequence-popularity.js';
import { twoTower } from './representations/two-tower.js';
import { constantRating } from './solvers/constant-rating.js';
import { ease } from './solvers/ease.js';
import { gfCf } from './solvers/gf-cf.js';
import { ials } from './solvers/ials.js';
import { itemKnn } from './solvers/item-knn.js';
import { rp3beta } from './solvers/rp3beta.js';
import { slim } from './solvers/slim.js';
import { userKnn } from './solvers/user-knn.js';

const { positiveInteger, integerFromZero, positive, fromZero, fraction, rate, finite } = ranges;

const bilinear = { cosineFactorization, factorization, factorizationMachine, lightGcn };
const sequences = {
  bert4Rec,
  gru4Rec,
  hstu,
  sasRec,
  sequenceCnn,
  sequenceGru,
  sequenceLstm,
  sequenceMLstm,
  sequencePooling,
};
const autoencoders = { multDae, multVae };

type Cases = Parameters<typeof describeNumericOptions>[1]['cases'];

function mergeCases<T>(models: Readonly<Record<string, T>>, create: (name: string, model: T) => Cases): Cases {
  return Object.assign({}, ...Object.entries(models).map(([name, model]) => create(name, model)));
}

const foldsIn = mergeCases<(options: { dim: number; foldIn?: FoldInOptions }) => unknown>(bilinear, (name, model) => ({
  [`${name}(dim)`]: [positiveInteger, (dim) => model({ dim })],
  [`${name}(foldIn.confidence)`]: [positive, (confidence) => model({ dim: 5, foldIn: { confidence } })],
  [`${name}(foldIn.noise)`]: [positive, (noise) => model({ dim: 5, foldIn: { noise } })],
  [`${name}(foldIn.regularization)`]: [positive, (regularization) => model({ dim: 5, foldIn: { regularization } })],
  [`${name}(foldIn.shrinkage)`]: [fromZero, (shrinkage) => model({ dim: 5, foldIn: { shrinkage } })],
}));

const sizes = { dim: 5, history: 3 };
const readsInOrder = mergeCases<(options: SequenceOptions) => unknown>(sequences, (name, model) => ({
  [`${name}(dim)`]: [positiveInteger, (dim) => model({ ...sizes, dim })],
  [`${name}(history)`]: [positiveInteger, (history) => model({ ...sizes, history })],
  [`${name}(scorer.dropout)`]: [rate, (dropout) => model({ ...sizes, scorer: { hidden: [3], dropout } })],
  [`${name}(scorer.hidden)`]: [positiveInteger, (units) => model({ ...sizes, scorer: { hidden: [3, units] } })],
}));

const encodes = mergeCases<typeof multDae>(autoencoders, (name, model) => ({
  [`${name}(decoder)`]: [positiveInteger, (units) => model({ dims: [7, 5], decoder: [units] })],
  [`${name}(dims)`]: [positiveInteger, (units) => model({ dims: [7, units] })],
  [`${name}(dropout.decoder)`]: [rate, (value) => model({ dropout: { decoder: [value] } })],
  [`${name}(dropout.encoder)`]: [rate, (value) => model({ dropout: { encoder: [value] } })],
}));

const ncf = { userDim: 3, itemDim: 5 };

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  cases: {
    ...foldsIn,
    ...readsInOrder,
    ...encodes,
    'bert4Rec(attentionDropout)': [rate, (attentionDropout) => bert4Rec({ ...sizes, attentionDropout })],
    'bert4Rec(blocks)': [positiveInteger, (blocks) => bert4Rec({ ...sizes, blocks })],
    'bert4Rec(dropout)': [rate, (dropout) => bert4Rec({ ...sizes, dropout })],
    'bert4Rec(heads)': [positiveInteger, (heads) => bert4Rec({ ...sizes, heads })],
    'bert4Rec(hidden)': [positiveInteger, (hidden) => bert4Rec({ ...sizes, hidden })],
    'bert4Rec(hiddenShare)': [fraction, (hiddenShare) => bert4Rec({ ...sizes, hiddenShare })],
    'bert4Rec(lastOnlyShare)': [rate, (lastOnlyShare) => bert4Rec({ ...sizes, lastOnlyShare })],
    'constantRating(value)': [finite, (value) => constantRating({ value })],
    'cosineFactorization(l2)': [fromZero, (l2) => cosineFactorization({ dim: 5, l2 })],
    'ease(regularization)': [positive, (regularization) => ease({ regularization })],
    'gfCf(dim)': [positiveInteger, (dim) => gfCf({ dim })],
    'gfCf(ideal)': [fromZero, (ideal) => gfCf({ ideal })],
    'gru4Rec(embeddingDropout)': [rate, (embeddingDropout) => gru4Rec({ ...sizes, embeddingDropout })],
    'gru4Rec(hidden)': [positiveInteger, (hidden) => gru4Rec({ ...sizes, hidden })],
    'gru4Rec(hiddenDropout)': [rate, (hiddenDropout) => gru4Rec({ ...sizes, hiddenDropout })],
    'gru4Rec(layers)': [positiveInteger, (layers) => gru4Rec({ ...sizes, layers })],
    'hstu(blocks)': [positiveInteger, (blocks) => hstu({ ...sizes, blocks })],
    'hstu(dropout)': [rate, (dropout) => hstu({ ...sizes, dropout })],
    'hstu(embeddingDropout)': [rate, (embeddingDropout) => hstu({ ...sizes, embeddingDropout })],
    'hstu(heads)': [positiveInteger, (heads) => hstu({ ...sizes, heads, queryDim: 3, valueDim: 2 })],
    'hstu(queryDim)': [positiveInteger, (queryDim) => hstu({ ...sizes, queryDim })],
    'hstu(valueDim)': [positiveInteger, (valueDim) => hstu({ ...sizes, valueDim })],
    'ials(confidence)': [positive, (confidence) => ials({ dim: 5, confidence })],
    'ials(dim)': [positiveInteger, (dim) => ials({ dim })],
    'ials(iterations)': [positiveInteger, (iterations) => ials({ dim: 5, iterations })],
    'ials(regularization)': [fromZero, (regularization) => ials({ dim: 5, regularization })],
    'ials(steps)': [positiveInteger, (steps) => ials({ dim: 5, steps })],
    'ials(frequencyExponent)': [fromZero, (frequencyExponent) => ials({ dim: 5, frequencyExponent })],
    'ials(unobservedWeight)': [positive, (unobservedWeight) => ials({ dim: 5, unobservedWeight })],
    'itemKnn(asymmetry)': [rate, (asymmetry) => itemKnn({ similarity: 'asymmetric-cosine', asymmetry })],
    'itemKnn(b)': [rate, (b) => itemKnn({ weighting: 'bm25', b })],
    'itemKnn(k1)': [fromZero, (k1) => itemKnn({ weighting: 'bm25', k1 })],
    'itemKnn(history)': [positiveInteger, (history) => itemKnn({ history })],
    'itemKnn(neighbors)': [positiveInteger, (neighbors) => itemKnn({ neighbors })],
    'itemKnn(shrink)': [fromZero, (shrink) => itemKnn({ shrink })],
    'lightGcn(layers)': [integerFromZero, (layers) => lightGcn({ dim: 5, layers })],
    'lightGcn(regularization)': [fromZero, (regularization) => lightGcn({ dim: 5, regularization })],
    'lstmRating(dim)': [positiveInteger, (dim) => lstmRating({ dim, hidden: 5, history: 3 })],
    'lstmRating(hidden)': [positiveInteger, (hidden) => lstmRating({ dim: 5, hidden, history: 3 })],
    'lstmRating(history)': [positiveInteger, (history) => lstmRating({ dim: 5, hidden: 5, history })],
    'mixtureOfTastes(dim)': [positiveInteger, (dim) => mixtureOfTastes({ ...sizes, dim })],
    'mixtureOfTastes(history)': [positiveInteger, (history) => mixtureOfTastes({ ...sizes, history })],
    'mixtureOfTastes(tastes)': [positiveInteger, (tastes) => mixtureOfTastes({ ...sizes, tastes })],
    'neuralCollaborativeFiltering(dropout)': [rate, (dropout) => neuralCollaborativeFiltering({ ...ncf, dropout })],
    'neuralCollaborativeFiltering(factors)': [
      positiveInteger,
      (factors) => neuralCollaborativeFiltering({ ...ncf, factors }),
    ],
    'neuralCollaborativeFiltering(hidden)': [
      positiveInteger,
      (units) => neuralCollaborativeFiltering({ ...ncf, hidden: [7, units] }),
    ],
    'neuralCollaborativeFiltering(itemDim)': [
      positiveInteger,
      (itemDim) => neuralCollaborativeFiltering({ ...ncf, itemDim }),
    ],
    'neuralCollaborativeFiltering(userDim)': [
      positiveInteger,
      (userDim) => neuralCollaborativeFiltering({ ...ncf, userDim }),
    ],
    'rp3beta(alpha)': [fromZero, (alpha) => rp3beta({ alpha })],
    'rp3beta(beta)': [fromZero, (beta) => rp3beta({ beta })],
    'rp3beta(neighbors)': [positiveInteger, (neighbors) => rp3beta({ neighbors })],
    'sasRec(attentionDropout)': [rate, (attentionDropout) => sasRec({ ...sizes, attentionDropout })],
    'sasRec(blocks)': [positiveInteger, (blocks) => sasRec({ ...sizes, blocks })],
    'sasRec(dropout)': [rate, (dropout) => sasRec({ ...sizes, dropout })],
    'sasRec(heads)': [positiveInteger, (heads) => sasRec({ ...sizes, heads })],
    'sasRec(hidden)': [positiveInteger, (hidden) => sasRec({ ...sizes, hidden })],
    'sequenceCnn(dilations)': [
      positiveInteger,
      (dilation) => sequenceCnn({ ...sizes, width: 2, dilations: [dilation] }),
    ],
    'sequenceCnn(width)': [positiveInteger, (width) => sequenceCnn({ ...sizes, width })],
    'twoTower(dim)': [positiveInteger, (dim) => twoTower({ dim })],
    'twoTower(dropout)': [rate, (dropout) => twoTower({ dim: 5, dropout })],
    'twoTower(hidden)': [positiveInteger, (units) => twoTower({ dim: 5, hidden: [7, units] })],
    'twoTower(inputDim)': [positiveInteger, (inputDim) => twoTower({ dim: 5, inputDim })],
    'twoTower(temperature)': [positive, (temperature) => twoTower({ dim: 5, temperature })],
    'recVae(decoderEpochs)': [positiveInteger, (decoderEpochs) => recVae({ decoderEpochs })],
    'recVae(dim)': [positiveInteger, (dim) => recVae({ dim })],
    'recVae(dropout)': [rate, (dropout) => recVae({ dropout })],
    'recVae(encoderEpochs)': [positiveInteger, (encoderEpochs) => recVae({ encoderEpochs })],
    'recVae(gamma)': [fromZero, (gamma) => recVae({ gamma })],
    'recVae(hidden)': [positiveInteger, (hidden) => recVae({ hidden })],
    'recVae(mixture)': [fraction, (value) => recVae({ mixture: [value, (1 - value) / 2, (1 - value) / 2] })],
    'slim(iterations)': [positiveInteger, (iterations) => slim({ iterations })],
    'slim(l1)': [fromZero, (l1) => slim({ l1 })],
    'slim(l2)': [positive, (l2) => slim({ l2 })],
    'slim(neighbors)': [positiveInteger, (neighbors) => slim({ neighbors })],
    'slim(tolerance)': [positive, (tolerance) => slim({ tolerance })],
    'userKnn(b)': [rate, (b) => userKnn({ weighting: 'bm25', b })],
    'userKnn(k1)': [fromZero, (k1) => userKnn({ weighting: 'bm25', k1 })],
    'userKnn(neighbors)': [positiveInteger, (neighbors) => userKnn({ neighbors })],
    'userKnn(shrink)': [fromZero, (shrink) => userKnn({ shrink })],
    'sequencePopularity(history)': [positiveInteger, (history) => sequencePopularity({ history })],
  },
});
