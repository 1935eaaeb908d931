import { holdOutItems, popularNegatives, s3rec } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { featureEmbeddings } from '@footlight/layers';
import { sampledSoftmaxLoss } from '@footlight/losses';
import { hitRate, ndcg } from '@footlight/metrics';
import { twoTower } from '@footlight/models';
import { stopEarly } from '@footlight/trainer';

// Shared by the experiments with cold items: a tenth of the items of Toys & Games is tested, another tenth validated,
// and no model has seen an interaction with them. They are ranked among each other; S3-Rec's attributes are known.

export const toys = {
  dataset: s3rec('Toys_and_Games', { attributes: true }),
  split: holdOutItems({ test: 0.1, validation: 0.1 }),
  candidates: 'cold-items',
  metrics: [ndcg({ at: 10 }), hitRate({ at: 10 })],
  seed: 1,
} as const;

/** Users by their ids, items by their attributes alone; negatives are items with training interactions. */
export const towers = {
  model: twoTower({ dim: 64, dropout: 0.1, itemEmbedding: featureEmbeddings({ identity: false }) }),
  loss: sampledSoftmaxLoss({ correction: 'log-q' }),
  negatives: popularNegatives({ count: 4, exponent: 0.5 }),
  batchSize: 512,
  epochs: 12,
  optimizer: () => adam({ learningRate: 1e-3 }),
  stopEarly: stopEarly({ metric: 'ndcg@10', patience: 3 }),
} as const;
