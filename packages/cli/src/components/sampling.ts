import { type ComponentEntry, option } from './component.js';

const reject = option('reject', 'choice', 'items that are no negatives of a query', {
  choices: ['positive', 'seen', 'nothing'],
  default: 'positive',
});
const per = option('per', 'choice', 'whether each query has negatives of its own, or all of a batch share them', {
  choices: ['query', 'batch'],
  default: 'query',
});
const count = option('count', 'integer', 'negatives per positive', { preset: 1 });

/** Samplers of negatives. */
export const negatives: readonly ComponentEntry[] = [
  {
    name: 'uniform',
    exported: 'uniformNegatives',
    summary: 'items drawn with equal probability',
    options: [count, reject, per],
  },
  {
    name: 'popular',
    exported: 'popularNegatives',
    summary: 'items drawn in proportion to a power of their number of training interactions',
    options: [
      count,
      option('exponent', 'number', 'power of the number of interactions, 0 for equal probability', {
        default: '0.75',
      }),
      reject,
      per,
    ],
  },
  {
    name: 'in-batch',
    exported: 'inBatchNegatives',
    summary: 'the positives of the other queries of a batch, and extra items drawn by popularity',
    options: [
      option('extra', 'integer', 'negatives drawn beside the positives of the batch', { default: '0' }),
      option('exponent', 'number', 'power of the number of interactions for extra negatives', { default: '0.75' }),
      option('reject', 'choice', 'items that are no negatives of a query', {
        choices: ['positive', 'seen'],
        default: 'positive',
      }),
    ],
  },
  {
    name: 'low-rated',
    exported: 'lowRatedNegatives',
    summary: 'items that the user rated below --minimum-rating, mixed with items drawn with equal probability',
    needs: 'ratings',
    options: [
      count,
      option('share', 'number', 'probability that a negative is a low-rated item, above 0 and at most 1', {
        default: '1',
      }),
      option('maximum', 'number', 'only items that the user rated at most so', { default: 'none' }),
      reject,
    ],
  },
  {
    name: 'numpy',
    exported: 'numpyNegatives',
    summary: 'the draws of numpy.random.RandomState(epoch).randint, positives included',
    options: [count],
  },
];

/** Filters of interactions, applied before the split. */
export const filters: readonly ComponentEntry[] = [
  {
    name: 'k-core',
    exported: 'kCore',
    summary: 'drops users and items with too few interactions until all that remain have enough',
    options: [
      option('minimum', 'integer', 'interactions of each user and each item; instead of users and items', {
        default: 'none',
      }),
      option('users', 'integer', 'interactions of each user', { default: '1' }),
      option('items', 'integer', 'interactions of each item', { default: '1' }),
    ],
  },
  {
    name: 'minimum-counts',
    exported: 'minimumCounts',
    summary: 'drops users and items with too few interactions in one pass',
    options: [
      option('users', 'integer', 'interactions of each user', { default: '1' }),
      option('items', 'integer', 'interactions of each item', { default: '1' }),
      option('mode', 'choice', 'whether users are counted before or after items were dropped', {
        choices: ['simultaneous', 'items-then-users'],
        default: 'simultaneous',
      }),
    ],
  },
  {
    name: 'minimum-rating',
    exported: 'minimumRating',
    summary: 'keeps interactions with a high enough rating',
    needs: 'ratings',
    options: [
      option('rating', 'number', "lowest rating, in the file's own scale"),
      option('inclusive', 'boolean', 'whether the lowest rating itself passes', { default: 'true' }),
      option('catalogue', 'choice', 'whether users and items without interactions are dropped or stay candidates', {
        choices: ['compact', 'whole'],
        default: 'compact',
      }),
      option('below', 'choice', 'whether lower ratings are dropped or set aside for --negatives low-rated', {
        choices: ['drop', 'negatives'],
        default: 'drop',
      }),
    ],
  },
  {
    name: 'dedupe',
    exported: 'dedupe',
    summary: 'keeps one interaction of each user with each item',
    options: [
      option('keep', 'choice', 'which one', { choices: ['first', 'last'], default: 'first' }),
      option('order', 'choice', 'which comes first: by time, then by rating, or as in the file', {
        choices: ['canonical', 'source'],
        default: 'canonical',
      }),
    ],
  },
  {
    name: 'recency-decay',
    exported: 'recencyDecay',
    needs: 'times',
    summary: 'older interactions count less in training, by an exponential of their age',
    options: [option('halfLife', 'number', 'days after which an interaction counts half as much')],
  },
  {
    name: 'sort-by-item',
    exported: 'sortByItem',
    summary: 'groups interactions by item; matters only to splits and draws that follow the order of rows',
    options: [
      option('order', 'choice', 'items by id, or by first appearance in the file', {
        choices: ['canonical', 'source'],
        default: 'canonical',
      }),
    ],
  },
];
