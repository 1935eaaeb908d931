import { type ModelEntry, type OptionEntry, option } from './component.js';
import { solvers } from './solvers.js';

const dim = option('dim', 'integer', 'length of the vectors', { preset: 64 });
const history = option('history', 'integer', 'last items of a user that are read, at most', { preset: 50 });
const biases = option('biases', 'boolean', 'whether each item (and user) has a learned bias', { default: 'true' });
const vectors = (name: string, of: string, fallback = 'scaled'): OptionEntry =>
  option(name, 'embedding', `vectors of ${of}: scaled, uniform, bloom, feature or zero`, { default: fallback });
const itemVectors = vectors('itemEmbedding', 'items');
const userVectors = vectors('userEmbedding', 'users');
const foldIn = option('foldIn', 'value', 'how the history of a new user is folded in, e.g. {shrinkage=3}', {
  default: '{}',
});
const start = option('start', 'choice', 'state before the first item', {
  choices: ['zero', 'learned'],
  default: 'zero',
});
const states = option('states', 'choice', 'states that score items: hidden (within ±1) or cell', {
  choices: ['hidden', 'cell'],
  default: 'hidden',
});
const sequence: readonly OptionEntry[] = [
  dim,
  history,
  biases,
  itemVectors,
  option('tied', 'boolean', 'whether items are read and scored by the same vectors', { default: 'true' }),
];
const scorer = option('scorer', 'value', 'perceptron that scores items instead of a dot product, e.g. {hidden=[64]}', {
  default: 'none',
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
const bySequence = { kind: 'representation', reads: 'history', dimOptions: ['dim'] } as const;
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
    ...bySequence,
    name: 'sequence-pooling',
    exported: 'sequencePooling',
    summary: 'sequence model: mean of the vectors of the last items',
    options: [...sequence, scorer, option('averaged', 'boolean', 'mean instead of sum', { default: 'true' })],
  },
  {
    ...bySequence,
    name: 'sas-rec',
    exported: 'sasRec',
    summary: 'sequence model: transformer blocks with causal attention over the last items',
    options: [
      ...sequence,
      scorer,
      option('blocks', 'integer', 'transformer blocks', { default: '2' }),
      option('heads', 'integer', 'heads of attention, a divisor of dim', { default: '1' }),
      option('dropout', 'number', 'dropout rate of the input and inside the blocks', { default: '0.2' }),
      option('attentionDropout', 'number', 'dropout rate of the weights of attention', { default: 'dropout' }),
      option('positions', 'choice', 'how steps are told apart', {
        choices: ['learned', 'rotary', 'none'],
        default: 'learned',
      }),
      option('normalization', 'choice', 'whether vectors are normalized before or after each part of a block', {
        choices: ['before', 'after'],
        default: 'before',
      }),
      option('activation', 'choice', 'activation of the feed-forward layers', {
        choices: ['relu', 'gelu', 'swiglu'],
        default: 'relu',
      }),
      option('hidden', 'integer', 'hidden units of the feed-forward layers', { default: 'dim' }),
      option('gates', 'boolean', 'whether learned gates multiply what the parts of a block add', { default: 'false' }),
    ],
  },
  {
    ...bySequence,
    name: 'sequence-cnn',
    exported: 'sequenceCnn',
    summary: 'sequence model: causal convolutions over the last items',
    options: [
      ...sequence,
      scorer,
      option('width', 'integer', 'steps that a convolution reads', { default: '3' }),
      option('dilations', 'numbers', 'distance between these steps, one number per layer', { default: '[1]' }),
      option('activation', 'choice', 'activation of the layers', { choices: ['tanh', 'relu'], default: 'tanh' }),
      option('residual', 'boolean', 'whether the input of a layer is added to its output', { default: 'true' }),
    ],
  },
  {
    ...bySequence,
    name: 'sequence-gru',
    exported: 'sequenceGru',
    summary: 'sequence model: gated recurrent unit (GRU)',
    options: [...sequence, scorer, start],
  },
  {
    ...bySequence,
    name: 'sequence-lstm',
    exported: 'sequenceLstm',
    summary: 'sequence model: long short-term memory (LSTM)',
    options: [
      ...sequence,
      scorer,
      states,
      start,
      option('faithful', 'choice', 'behavior of Spotlight to repeat', {
        choices: ['reads-nothing'],
        default: 'none',
      }),
    ],
  },
  {
    ...bySequence,
    name: 'sequence-m-lstm',
    exported: 'sequenceMLstm',
    summary: 'sequence model: multiplicative LSTM',
    options: [...sequence, scorer, states, start],
  },
  {
    ...bySequence,
    name: 'mixture-of-tastes',
    exported: 'mixtureOfTastes',
    summary: 'mixture-of-tastes LSTM: several taste vectors per user, weighted for each item by attention',
    options: [...sequence, option('tastes', 'integer', 'taste vectors per user', { default: '4' })],
  },
  {
    ...bySequence,
    name: 'sequence-popularity',
    exported: 'sequencePopularity',
    dimOptions: [],
    summary: 'one learned number per item, the same for every user',
    options: [history],
  },
  {
    ...bySequence,
    name: 'lstm-rating',
    exported: 'lstmRating',
    loss: 'squared',
    needs: 'ratings',
    summary: 'LSTM that predicts the rating of each item from the items rated before',
    options: [dim, option('hidden', 'integer', 'units of the LSTM', { preset: 128 }), history, itemVectors],
  },
  {
    ...byBasket,
    name: 'mult-vae',
    exported: 'multVae',
    summary: 'Mult-VAE: variational autoencoder of user histories with a multinomial likelihood',
    options: autoencoder('[600, 200]', 'always-samples'),
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
