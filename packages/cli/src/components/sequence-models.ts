// structure: one table lists the sequence models
import { type ModelEntry, type OptionEntry, option } from './component.js';
import { biases, dim, itemVectors } from './model-options.js';

const history = option('history', 'integer', 'last items of a user that are read, at most', { preset: 50 });
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
const similarity = option('similarity', 'choice', 'whether items are scored by the dot product or the cosine', {
  choices: ['dot', 'cosine'],
  default: 'dot',
});
const scorer = option('scorer', 'value', 'perceptron that scores items instead of a dot product, e.g. {hidden=[64]}', {
  default: 'none',
});

/** Options of models with transformer blocks. */
const blocks: readonly OptionEntry[] = [
  option('blocks', 'integer', 'transformer blocks', { default: '2' }),
  option('heads', 'integer', 'heads of attention, a divisor of dim', { default: '1' }),
  option('dropout', 'number', 'dropout rate of the input and inside the blocks', { default: '0.2' }),
  option('attentionDropout', 'number', 'dropout rate of the weights of attention', { default: 'dropout' }),
];

const bySequence = { kind: 'representation', reads: 'history', dimOptions: ['dim'] } as const;

/** Models that read the history of a user in order. */
export const sequenceModels: readonly ModelEntry[] = [
  {
    ...bySequence,
    name: 'sequence-pooling',
    exported: 'sequencePooling',
    summary: 'sequence model: mean of the vectors of the last items',
    options: [
      ...sequence,
      similarity,
      scorer,
      option('averaged', 'boolean', 'mean instead of sum', { default: 'true' }),
    ],
  },
  {
    ...bySequence,
    name: 'sas-rec',
    exported: 'sasRec',
    summary: 'sequence model: transformer blocks with causal attention over the last items',
    options: [
      ...sequence,
      similarity,
      scorer,
      ...blocks,
      option('positions', 'choice', 'how steps are told apart', {
        choices: ['learned', 'rotary', 'relative', 'none'],
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
    name: 'bert4-rec',
    exported: 'bert4Rec',
    summary: 'sequence model: transformer blocks that read in both directions and restore hidden items (BERT4Rec)',
    options: [
      ...sequence,
      similarity,
      scorer,
      ...blocks,
      option('hidden', 'integer', 'hidden units of the feed-forward layers', { default: '4 · dim' }),
      option('activation', 'choice', 'activation of the feed-forward layers', {
        choices: ['relu', 'gelu', 'swiglu'],
        default: 'gelu',
      }),
      option('hiddenShare', 'number', 'share of the items of a window that are hidden while training', {
        default: '0.2',
      }),
      option('lastOnlyShare', 'number', 'share of the windows whose last item alone is hidden', { default: '0.1' }),
    ],
  },
  {
    ...bySequence,
    name: 'hstu',
    exported: 'hstu',
    summary: 'sequence model: blocks of pointwise attention, without softmax, with relative positions (HSTU)',
    options: [
      ...sequence,
      similarity,
      scorer,
      option('blocks', 'integer', 'blocks of attention', { default: '2' }),
      option('heads', 'integer', 'heads of attention', { default: '1' }),
      option('queryDim', 'integer', 'length of the queries and keys of a head', { default: 'dim / heads' }),
      option('valueDim', 'integer', 'length of the values and gates of a head', { default: 'dim / heads' }),
      option('embeddingDropout', 'number', 'dropout rate of the input', { default: '0.2' }),
      option('dropout', 'number', 'dropout rate of what the last projection of a block reads', { default: '0.2' }),
      option('positions', 'choice', 'whether a learned vector per position is added to the input', {
        choices: ['learned', 'none'],
        default: 'learned',
      }),
    ],
  },
  {
    ...bySequence,
    name: 'gru4-rec',
    exported: 'gru4Rec',
    summary: 'sequence model: layers of gated recurrent units with dropout (GRU4Rec)',
    options: [
      ...sequence,
      similarity,
      scorer,
      option('hidden', 'integer', 'units of each layer', { default: 'dim' }),
      option('layers', 'integer', 'layers of gated recurrent units', { default: '1' }),
      option('embeddingDropout', 'number', 'dropout rate of the vectors of items', { default: '0' }),
      option('hiddenDropout', 'number', 'dropout rate of the states that a layer returns', { default: '0' }),
    ],
  },
  {
    ...bySequence,
    name: 'sequence-cnn',
    exported: 'sequenceCnn',
    summary: 'sequence model: causal convolutions over the last items',
    options: [
      ...sequence,
      similarity,
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
    options: [...sequence, similarity, scorer, start],
  },
  {
    ...bySequence,
    name: 'sequence-lstm',
    exported: 'sequenceLstm',
    summary: 'sequence model: long short-term memory (LSTM)',
    options: [
      ...sequence,
      similarity,
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
    options: [...sequence, similarity, scorer, states, start],
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
];
