import { type ComponentEntry, option } from './component.js';

const at = option('at', 'integer', 'length of the list', { preset: 10 });
const ties = option('ties', 'choice', 'how items with equal scores are ranked; expected: the mean over all orders', {
  choices: ['expected', 'average-rank', 'lower-id', 'best', 'worst'],
  default: 'expected',
});
const scale = option('scale', 'scale', 'scale in which errors are measured, e.g. rating-scale(from=[1, 5])', {
  default: "the file's own",
});

export const metrics: readonly ComponentEntry[] = [
  { name: 'auc', exported: 'auc', summary: 'area under the ROC curve', options: [ties] },
  {
    name: 'average-precision',
    exported: 'averagePrecision',
    summary: 'average precision of the first items; its mean is MAP',
    options: [at, ties],
  },
  {
    name: 'hit-rate',
    exported: 'hitRate',
    summary: 'whether any relevant item is among the first',
    options: [at, ties],
  },
  {
    name: 'mrr',
    exported: 'mrr',
    summary: 'mean reciprocal rank of the relevant items',
    options: [
      option('over', 'choice', 'all relevant items (Spotlight), or the best placed one (LightFM)', {
        choices: ['all', 'first'],
        default: 'all',
      }),
      ties,
    ],
  },
  { name: 'ndcg', exported: 'ndcg', summary: 'normalized discounted cumulative gain', options: [at, ties] },
  {
    name: 'precision',
    exported: 'precision',
    summary: 'share of the first items that are relevant',
    options: [at, ties],
  },
  {
    name: 'recall',
    exported: 'recall',
    summary: 'share of the relevant items that are among the first',
    options: [
      { ...at, preset: 20, default: '20' },
      option('outOf', 'choice', 'divided by all relevant items, or by at most the length of the list', {
        choices: ['relevant', 'reachable'],
        default: 'relevant',
      }),
      ties,
    ],
  },
  {
    name: 'sampled',
    exported: 'sampled',
    summary: 'another metric with each relevant item ranked among sampled items (flatters; for comparison only)',
    options: [
      option('metric', 'metric', 'the ranking metric, e.g. sampled(metric=mrr)', { first: true }),
      option('count', 'integer', 'items drawn for each relevant item', { preset: 100 }),
    ],
  },
  {
    name: 'coverage',
    exported: 'coverage',
    summary: 'share of the catalogue that appears in any list',
    options: [at],
  },
  { name: 'gini', exported: 'gini', summary: 'Gini coefficient of how often items appear in lists', options: [at] },
  {
    name: 'novelty',
    exported: 'novelty',
    summary: 'mean self-information of the listed items, in bits',
    options: [at],
  },
  {
    name: 'rmse',
    exported: 'rmse',
    summary: 'root mean squared error of predicted ratings',
    needs: 'ratings',
    options: [scale],
  },
  {
    name: 'mae',
    exported: 'mae',
    summary: 'mean absolute error of predicted ratings',
    needs: 'ratings',
    options: [scale],
  },
];

export const scales: readonly ComponentEntry[] = [
  {
    name: 'rating-scale',
    exported: 'ratingScale',
    summary: 'linear map from one range of ratings to another',
    options: [
      option('from', 'numbers', 'lowest and highest rating of the file, e.g. [1, 5]'),
      option('to', 'numbers', 'what they become', { default: '[0, 1]' }),
    ],
  },
];
