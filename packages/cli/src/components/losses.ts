import { type LossEntry, option } from './component.js';

const margin = option('margin', 'number', 'lead in score from which a negative costs nothing, from 0', {
  default: '1',
});

export const losses: readonly LossEntry[] = [
  {
    name: 'bpr',
    exported: 'bprLoss',
    kind: 'ranking',
    summary: 'Bayesian personalized ranking: ranks each positive above its negatives',
    options: [],
  },
  {
    name: 'sigmoid-bpr',
    exported: 'sigmoidBprLoss',
    kind: 'ranking',
    summary: 'BPR without the logarithm, as in Spotlight and netrex: a smooth 1 − AUC',
    options: [],
  },
  {
    name: 'pointwise',
    exported: 'pointwiseLoss',
    kind: 'ranking',
    summary: 'pointwise loss of Spotlight and netrex: sigmoid scores of positives up, of negatives down',
    options: [
      option('terms', 'choice', 'whether the two terms are added or averaged', {
        choices: ['sum', 'mean'],
        default: 'sum',
      }),
    ],
  },
  {
    name: 'logistic',
    exported: 'logisticLoss',
    kind: 'ranking',
    summary: 'binary cross-entropy of positives and sampled negatives',
    options: [
      option('negatives', 'choice', 'whether the terms of negatives are averaged or summed', {
        choices: ['mean', 'sum'],
        default: 'mean',
      }),
    ],
  },
  {
    name: 'hinge',
    exported: 'hingeLoss',
    kind: 'ranking',
    summary: 'hinge loss: each positive leads each negative by a margin',
    options: [margin],
  },
  {
    name: 'adaptive-hinge',
    exported: 'adaptiveHingeLoss',
    kind: 'ranking',
    summary: 'hinge loss on the hardest of the sampled negatives',
    options: [margin],
  },
  {
    name: 'warp',
    exported: 'warpLoss',
    kind: 'ranking',
    summary: 'weighted approximate-rank pairwise loss: the worse the estimated rank, the larger the step',
    options: [
      margin,
      option('weight', 'choice', 'weight of an estimated rank', {
        choices: ['harmonic', 'logarithm'],
        default: 'harmonic',
      }),
    ],
  },
  {
    name: 'sampled-softmax',
    exported: 'sampledSoftmaxLoss',
    kind: 'ranking',
    summary: 'softmax cross-entropy over the positive and its sampled negatives',
    options: [
      option('correction', 'choice', 'correction for how often each negative is drawn', {
        choices: ['none', 'log-q'],
        default: 'none',
      }),
      option('temperature', 'number', 'divides the scores', { default: '1' }),
    ],
  },
  {
    name: 'gbce',
    exported: 'gbceLoss',
    kind: 'ranking',
    summary: 'generalized binary cross-entropy: calibrated for negatives that are sampled',
    options: [
      option('calibration', 'number', 'from 0, binary cross-entropy, to 1, probabilities', { default: '0.75' }),
    ],
  },
  {
    name: 'info-nce',
    exported: 'infoNceLoss',
    kind: 'ranking',
    summary: 'InfoNCE: a softmax over the positive and its negatives at a low temperature',
    options: [
      option('temperature', 'number', 'divides the scores', { default: '0.07' }),
      option('correction', 'choice', 'correction for how often each negative is drawn', {
        choices: ['none', 'log-q'],
        default: 'none',
      }),
    ],
  },
  {
    name: 'bpr-max',
    exported: 'bprMaxLoss',
    kind: 'ranking',
    summary: 'BPR whose negatives count by the softmax of their scores, for many negatives',
    options: [option('regularization', 'number', 'weight of the squared scores of negatives', { default: '1' })],
  },
  {
    name: 'top1-max',
    exported: 'top1MaxLoss',
    kind: 'ranking',
    summary: 'TOP1 whose negatives count by the softmax of their scores, for many negatives',
    options: [],
  },
  {
    name: 'softmax',
    exported: 'softmaxLoss',
    kind: 'catalogue',
    summary: 'softmax cross-entropy over all items, mean over the targets of a query',
    options: [],
  },
  {
    name: 'multinomial',
    exported: 'multinomialLoss',
    kind: 'catalogue',
    summary: 'multinomial likelihood over all items, summed over the targets of a query',
    options: [],
  },
  {
    name: 'squared',
    exported: 'squaredLoss',
    kind: 'rating',
    summary: 'squared error of predicted ratings',
    needs: 'ratings',
    options: [],
  },
  {
    name: 'poisson',
    exported: 'poissonLoss',
    kind: 'rating',
    summary: 'Poisson likelihood of ratings that are counts',
    needs: 'ratings',
    options: [],
  },
  {
    name: 'logistic-rating',
    exported: 'logisticRatingLoss',
    kind: 'rating',
    summary: 'binary cross-entropy of ratings that are 0 or 1 (or −1 and 1)',
    needs: 'ratings',
    options: [],
  },
];
