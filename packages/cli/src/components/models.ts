import { type ModelEntry, type OptionEntry, option } from './component.js';
import { biases, dim, itemVectors, vectors } from './model-options.js';
import { sequenceModels } from './sequence-models.js';
import { solvers } from './solvers.js';

const userVectors = vectors('userEmbedding', 'users');
const foldIn = option('foldIn', 'value', 'how the history of a new user is folded in, e.g. {shrinkage=3}', {
  default: '{}',
});
const autoencoder = (layers: string, ...quirks: readonly string[]): readonly OptionEntry[] => [
  option('dims', 'numbers', 'units of the encoder layers; the last is the code', { default: layers }),
  option('decoder', 'numbers', 'units of the decoder layers', { default: 'those of dims in reverse' }),
  option('dropout', 'value', 'rates by layer, e.g. {encoder=[0.5], decoder=[0]}', { default: '{encoder=[0.5]}' }),
  option('faithful', 'choice', 'behavior of RecoTour to repeat', {
    choices: ['extra-tanh', ...quirks],
    default: 'none',
  }),
];

const byUser = { kind: 'representation', reads: 'user', dimOptions: ['dim'] } as const;
const byBasket = { kind: 'representation', reads: 'basket', loss: 'multinomial', dimOptions: [] } as const;

/** Models that are trained by gradient. */
const representations: readonly ModelEntry[] = [
  {
    ...byUser,
    name: 'factorization',
    exported: 'factorization',
    ratingOptions: { globalMean: true },
    summary: 'matrix factorization: scalar product of user and item vectors, with biases',
    options: [
      dim,
      biases,
      option('globalMean', 'boolean', 'whether one learned number is added to all scores', {
        default: 'true with a rating loss, else false',
      }),
      userVectors,
      itemVectors,
      foldIn,
    ],
  },
  {
    ...byUser,
    name: 'cosine-factorization',
    exported: 'cosineFactorization',
    summary: 'matrix factorization with the cosine of user and item vectors',
    options: [
      dim,
      option('l2', 'number', 'penalty on the squares of all vectors, from 0', { default: '0' }),
      vectors('userEmbedding', 'users', 'uniform'),
      vectors('itemEmbedding', 'items', 'uniform'),
      foldIn,
    ],
  },
  {
    ...byUser,
    name: 'neural-collaborative-filtering',
    exported: 'neuralCollaborativeFiltering',
    dimOptions: ['userDim', 'itemDim'],
    summary: 'multilayer perceptron over the user and item vectors',
    options: [
      option('userDim', 'integer', 'length of the vectors of users', { preset: 64 }),
      option('itemDim', 'integer', 'length of the vectors of items', { preset: 64 }),
      option('hidden', 'numbers', 'units of the hidden layers', { default: '[128]' }),
      option('dropout', 'number', 'dropout rate before each layer', { default: '0' }),
      option('output', 'choice', 'activation of the score', { choices: ['linear', 'relu'], default: 'linear' }),
      option('factors', 'integer', 'length of the vectors of a matrix factorization beside it (NeuMF)', {
        default: 'none',
      }),
      userVectors,
      itemVectors,
    ],
  },
  {
    ...byUser,
    name: 'two-tower',
    exported: 'twoTower',
    summary: 'two-tower model: a multilayer perceptron for users and one for items, with features or ids',
    options: [
      dim,
      option('inputDim', 'integer', 'length of the embeddings that the towers read', { default: 'dim' }),
      option('hidden', 'numbers', 'units of the hidden layers of both towers', { default: '[2 · dim]' }),
      option('dropout', 'number', 'dropout rate before each layer', { default: '0' }),
      option('similarity', 'choice', 'of a user and an item', { choices: ['dot', 'cosine'], default: 'dot' }),
      option('temperature', 'number', 'divides the scores', { default: '1, for cosines 0.1' }),
      userVectors,
      itemVectors,
    ],
  },
  {
    ...byUser,
    name: 'factorization-machine',
    exported: 'factorizationMachine',
    summary: 'factorization machine: all pairs of user, item and their features',
    options: [dim, vectors('vectors', 'features'), foldIn],
  },
  {
    ...byUser,
    name: 'light-gcn',
    exported: 'lightGcn',
    summary: 'LightGCN: vectors of users and items, averaged over the graph of who chose what',
    options: [
      dim,
      option('layers', 'integer', 'propagations over the graph, from 0', { default: '3' }),
      option('regularization', 'number', 'penalty λ on the vectors of a step, from 0', { default: '0.0001' }),
      vectors('userEmbedding', 'users', 'scaled(deviation=0.1)'),
      vectors('itemEmbedding', 'items', 'scaled(deviation=0.1)'),
      foldIn,
    ],
  },
  ...sequenceModels,
  {
    ...byBasket,
    name: 'mult-vae',
    exported: 'multVae',
    summary: 'Mult-VAE: variational autoencoder of user histories with a multinomial likelihood',
    options: autoencoder('[600, 200]', 'always-samples'),
  },
  {
    ...byBasket,
    name: 'rec-vae',
    exported: 'recVae',
    summary: 'RecVAE: variational autoencoder of user histories with a composite prior, trained in turns',
    options: [
      option('dim', 'integer', 'length of the code', { default: '200' }),
      option('hidden', 'integer', 'units of each hidden layer of the encoder', { default: '600' }),
      option('dropout', 'number', 'dropout rate of the history while the encoder is trained', { default: '0.5' }),
      option('gamma', 'number', 'weight of the KL divergence per item of the history', { default: '0.005' }),
      option('mixture', 'numbers', 'weights of the parts of the prior: standard, previous, wide', {
        default: '[0.15, 0.75, 0.1]',
      }),
      option('encoderEpochs', 'integer', 'epochs that train the encoder, in turns', { default: '3' }),
      option('decoderEpochs', 'integer', 'epochs that train the decoder, in turns', { default: '1' }),
    ],
  },
  {
    ...byBasket,
    name: 'mult-dae',
    exported: 'multDae',
    summary: 'Mult-DAE: denoising autoencoder of user histories with a multinomial likelihood',
    options: autoencoder('[200]'),
  },
];

export const models: readonly ModelEntry[] = [...representations, ...solvers];
