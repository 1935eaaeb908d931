import { type ModelEntry, option } from './component.js';

const solver = { kind: 'solver', reads: 'user', dimOptions: [] } as const;

/** Models in closed form, or counted. */
export const solvers: readonly ModelEntry[] = [
  {
    ...solver,
    name: 'ease',
    exported: 'ease',
    reads: 'basket',
    summary: 'EASE: linear item-item autoencoder in closed form',
    options: [
      option('regularization', 'number', 'penalty λ on the weights, above 0', {
        preset: 500,
        stored: 'regularisation',
      }),
    ],
  },
  {
    ...solver,
    name: 'gf-cf',
    exported: 'gfCf',
    reads: 'basket',
    summary: 'GF-CF: a linear and an ideal low-pass filter on the graph of users and items, in closed form',
    options: [
      option('dim', 'integer', 'singular vectors of the ideal filter', { default: '256' }),
      option('ideal', 'number', 'weight α of the ideal filter, from 0', { default: '0.3' }),
    ],
    dimOptions: ['dim'],
  },
  {
    ...solver,
    name: 'ials',
    exported: 'ials',
    dimOptions: ['dim'],
    summary: 'iALS: alternating least squares for implicit feedback',
    options: [
      option('dim', 'integer', 'length of the vectors', { preset: 64 }),
      option('regularization', 'number', 'penalty λ on the vectors, from 0', {
        default: '0.01',
        stored: 'regularisation',
      }),
      option('confidence', 'number', 'weight α of an interaction over none, above 0', { default: '40' }),
      option('unobservedWeight', 'number', 'weight of the zeros in the objective of iALS revisited, above 0', {
        default: 'that with confidence',
      }),
      option('frequencyExponent', 'number', 'exponent of the frequencies that the penalty is scaled by, from 0', {
        default: '0',
      }),
      option('iterations', 'integer', 'alternations between users and items', { default: '15' }),
      option('steps', 'integer', 'conjugate gradient steps per vector and iteration', { default: '3' }),
    ],
  },
  {
    ...solver,
    name: 'item-knn',
    exported: 'itemKnn',
    reads: 'basket',
    summary: 'item-based nearest neighbors',
    options: [
      option('neighbors', 'integer', 'neighbors of each item', { default: '100', stored: 'neighbours' }),
      option('similarity', 'choice', 'of the users of two items', {
        choices: ['cosine', 'jaccard', 'asymmetric-cosine', 'dot-product'],
        default: 'cosine',
      }),
      option('asymmetry', 'number', 'α of the similarity asymmetric-cosine, from 0 to 1', { default: '0.5' }),
      option('shrink', 'number', 'added to the denominator, from 0', { default: '0' }),
      option('weighting', 'choice', 'of the users of an item: users with many choices count less', {
        choices: ['none', 'tf-idf', 'bm25'],
        default: 'none',
      }),
      option('k1', 'number', 'k₁ of the weighting bm25, from 0', { default: '1.2' }),
      option('b', 'number', 'b of the weighting bm25, from 0 to 1', { default: '0.75' }),
      option('history', 'integer', 'last items of a user that are read', { default: 'all' }),
    ],
  },
  {
    ...solver,
    name: 'user-knn',
    exported: 'userKnn',
    reads: 'basket',
    summary: 'user-based nearest neighbors',
    options: [
      option('neighbors', 'integer', 'neighbors of each user', { default: '100' }),
      option('similarity', 'choice', 'of the items of two users', {
        choices: ['cosine', 'jaccard', 'dot-product'],
        default: 'cosine',
      }),
      option('shrink', 'number', 'added to the denominator, from 0', { default: '0' }),
      option('weighting', 'choice', 'of the items of a user: popular items count less', {
        choices: ['none', 'tf-idf', 'bm25'],
        default: 'none',
      }),
      option('k1', 'number', 'k₁ of the weighting bm25, from 0', { default: '1.2' }),
      option('b', 'number', 'b of the weighting bm25, from 0 to 1', { default: '0.75' }),
    ],
  },
  {
    ...solver,
    name: 'rp3beta',
    exported: 'rp3beta',
    reads: 'basket',
    summary: 'RP³β: random walks over users to items, popular ones ranked lower',
    options: [
      option('neighbors', 'integer', 'items that each item leads to', { default: '100' }),
      option('alpha', 'number', 'exponent of the transition probabilities, from 0', { default: '1' }),
      option('beta', 'number', 'exponent of the popularity that weights are divided by, from 0', { default: '0.6' }),
    ],
  },
  {
    ...solver,
    name: 'slim',
    exported: 'slim',
    reads: 'basket',
    summary: 'SLIM: sparse linear item-item model, by elastic nets',
    options: [
      option('l1', 'number', 'L1 penalty, from 0', { default: '1' }),
      option('l2', 'number', 'L2 penalty, above 0', { default: '10' }),
      option('nonNegative', 'boolean', 'whether weights are from 0', { default: 'true' }),
      option('neighbors', 'integer', 'weights that are kept per item', { default: '200' }),
      option('iterations', 'integer', 'passes over the weights of an item, at most', { default: '100' }),
      option('tolerance', 'number', 'change of a weight below which an item is solved', { default: '0.0001' }),
    ],
  },
  {
    ...solver,
    name: 'popularity',
    exported: 'popularity',
    summary: 'number of training interactions of each item, the same for every user',
    options: [],
  },
  {
    ...solver,
    name: 'feature-popularity',
    exported: 'featurePopularity',
    summary: 'number of training interactions of items that share the features of an item',
    options: [],
  },
  {
    ...solver,
    name: 'constant-rating',
    exported: 'constantRating',
    needs: 'ratings',
    summary: 'one rating for everything: the mean, or a given value',
    options: [option('value', 'number', 'the rating', { default: 'the mean of the training ratings' })],
  },
  { ...solver, name: 'random', exported: 'random', summary: 'random scores: the floor of every metric', options: [] },
];
