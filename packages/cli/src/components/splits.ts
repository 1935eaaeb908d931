import { type ComponentEntry, option } from './component.js';

const share = 'share of the interactions, between 0 and 1';
const inner = (example: string) => option('split', 'split', `the split of the users, e.g. ${example}`, { first: true });
const targets = option('targets', 'integer', "how many of a held-out user's last interactions are predicted", {
  default: '1',
});

const order = option('order', 'choice', 'order of rows and ids: sorted, or as in the file', {
  choices: ['canonical', 'source'],
  default: 'canonical',
});
const rounding = option('rounding', 'choice', 'how shares become whole numbers', {
  choices: ['largest-remainder', 'truncate'],
  default: 'largest-remainder',
});

/** Splits into training, validation and test data. */
export const splits: readonly ComponentEntry[] = [
  {
    name: 'leave-last-out',
    exported: 'leaveLastOut',
    summary: 'tests the last interaction of each user, validates the one before',
    needs: 'times',
    options: [option('validation', 'boolean', 'whether there is a validation part', { default: 'true' }), order],
  },
  {
    name: 'leave-random-out',
    exported: 'leaveRandomOut',
    summary: 'tests randomly drawn interactions of each user, validates others; needs no times',
    options: [
      option('test', 'number', 'number of interactions of each user, or their share', { default: '1' }),
      option('validation', 'number', 'likewise; 0 for no validation part', { default: 'as many as test' }),
      option('seed', 'integer', 'seed of the numpy generator', { default: '42' }),
      order,
    ],
  },
  {
    name: 'random',
    exported: 'atRandom',
    summary: 'tests randomly drawn interactions',
    options: [
      option('test', 'number', share, { preset: 0.2 }),
      option('validation', 'number', share, { default: 'none' }),
      rounding,
      option('seed', 'integer', 'seed of the numpy generator', { default: '42' }),
      order,
    ],
  },
  {
    name: 'by-time',
    exported: 'byTime',
    summary: 'trains on what lies before one point in time, tests what comes after it',
    needs: 'times',
    options: [
      option('test', 'number', 'share of the last interactions, or start in seconds since 1970', { preset: 0.2 }),
      option('validation', 'number', 'share, or start in seconds since 1970', { default: 'none' }),
      order,
    ],
  },
  {
    name: 'by-user',
    exported: 'byUser',
    summary: 'holds out whole users by a hash and tests their last interactions',
    needs: 'times',
    options: [
      option('test', 'number', 'share of the users, between 0 and 1', { preset: 0.2 }),
      option('validation', 'number', 'share of the users', { default: 'none' }),
      targets,
      option('seed', 'integer', 'seed of the hash', { default: '42' }),
      order,
    ],
  },
  {
    name: 'bernoulli-users',
    exported: 'bernoulliUsers',
    summary: 'holds out whole users, each with a given probability, and tests their last interactions',
    needs: 'times',
    options: [
      option('test', 'number', 'probability of a user, between 0 and 1', { preset: 0.2 }),
      targets,
      option('faithful', 'words', 'behavior of the netrex loader to repeat', {
        choices: ['last-coin', 'one-per-second'],
        default: '[]',
      }),
      order,
    ],
  },
  {
    name: 'hold-out-users',
    exported: 'holdOutUsers',
    summary: 'holds out whole users; a random part of their interactions is predicted from the rest',
    options: [
      option('validation', 'number', 'number or share of the users', { preset: 0.1 }),
      option('test', 'number', 'number or share of the users', { preset: 0.1 }),
      option('targets', 'number', "share of a held-out user's interactions that is predicted", { default: '0.2' }),
      option('minimum', 'integer', 'interactions that a held-out user needs to be tested', { default: '5' }),
      rounding,
      option('seed', 'integer', 'seed of the numpy generator', { default: '98765' }),
      order,
    ],
  },
  {
    name: 'hold-out-items',
    exported: 'holdOutItems',
    summary: 'holds out whole items, for models that score items from their features; add --candidates cold-items',
    options: [
      option('test', 'number', 'number or share of the items', { preset: 0.1 }),
      option('validation', 'number', 'likewise', { default: 'none' }),
      option('seed', 'integer', 'seed of the numpy generator', { default: '42' }),
      order,
    ],
  },
  {
    name: 'k-fold',
    exported: 'kFold',
    summary: 'cross-validation: as many runs as folds, each interaction tested once',
    options: [
      option('folds', 'integer', 'number of folds, from 2', { preset: 5 }),
      option('seed', 'integer', 'seed of the numpy generator', { default: '42' }),
      order,
    ],
  },
  {
    name: 'window-targets',
    exported: 'windowTargets',
    summary: 'cuts the held-out histories of another split into windows and tests each',
    needs: 'times',
    options: [
      inner('by-user(test=0.1)'),
      option('length', 'integer', 'items in a window, at most', { preset: 20 }),
      option('step', 'integer', 'items between the ends of two windows', { default: 'the length' }),
      option('minimum', 'integer', 'items that a window needs', { default: '2' }),
      option('from', 'choice', 'end of the history where cutting begins', {
        choices: ['start', 'end'],
        default: 'end',
      }),
      option('firstTarget', 'boolean', 'whether the first item is predicted too', { default: 'false' }),
      option('targets', 'value', 'last, every, or {last=5} for the last 5', { default: 'last' }),
    ],
  },
  {
    name: 'on-training-data',
    exported: 'onTrainingData',
    summary: 'tests the training part of another split: how well a model fits',
    options: [inner('random')],
  },
  {
    name: 'with-validation',
    exported: 'withValidation',
    summary: 'adds a validation part to another split: a second split divides its training part',
    options: [
      inner('published'),
      option('validation', 'split', 'the split of the training part, e.g. random(test=0.1)'),
    ],
  },
  {
    name: 'published',
    exported: 'publishedSplit',
    summary: 'the partition that a data set publishes; a file of your own has none',
    options: [order],
  },
];
