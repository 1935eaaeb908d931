import { type ComponentEntry, option } from './component.js';

/** Vectors of users and items, as options of models. */
export const embeddings: readonly ComponentEntry[] = [
  {
    name: 'scaled',
    exported: 'scaledEmbeddings',
    summary: 'one vector per id, drawn from a normal distribution',
    options: [option('deviation', 'number', 'standard deviation of the first values', { default: '1 / dim' })],
  },
  {
    name: 'uniform',
    exported: 'uniformEmbeddings',
    summary: 'one vector per id, drawn from a uniform distribution',
    options: [option('range', 'number', 'first values lie within ± range', { default: '0.05' })],
  },
  {
    name: 'bloom',
    exported: 'bloomEmbeddings',
    summary: 'sums of a few rows of a smaller table, chosen by hashing',
    options: [
      option('ratio', 'number', 'rows of the table as a share of the ids', { default: '0.2' }),
      option('hashes', 'integer', 'rows that are summed for an id, 1 to 24', { default: '4' }),
      option('faithful', 'choice', 'behavior of Spotlight to repeat', { choices: ['dead-row'], default: 'none' }),
    ],
  },
  {
    name: 'feature',
    exported: 'featureEmbeddings',
    stored: 'featured',
    summary: 'sums of the vectors of the features of an id',
    options: [
      option('vectors', 'embedding', 'vectors of the features', { default: 'scaled' }),
      option('identity', 'boolean', 'whether each id is a feature too', { default: 'true' }),
    ],
  },
  {
    name: 'pretrained',
    exported: 'pretrainedEmbeddings',
    summary: 'one learned vector per item, which starts from a given one (--item-vectors)',
    options: [option('deviation', 'number', 'root mean square of the first values', { default: '1 / dim' })],
  },
  {
    name: 'projected',
    exported: 'projectedEmbeddings',
    summary: 'a projection of the vectors of the items (--item-vectors), plus a vector per item',
    options: [
      option('vectors', 'embedding', 'vectors of the items themselves', { default: 'zero' }),
      option('identity', 'boolean', 'whether each item has a vector of its own', { default: 'true' }),
    ],
  },
  { name: 'zero', exported: 'zeroEmbeddings', summary: 'one vector per id that starts at zero', options: [] },
];
