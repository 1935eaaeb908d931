import { uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { defineExperiment, stopEarly } from '@footlight/trainer';
import { evaluation } from '../latest-small.js';

export default defineExperiment({
  ...evaluation,
  model: factorization({ dim: 32 }),
  loss: bprLoss(),
  negatives: uniformNegatives({ count: 2, reject: 'seen' }),
  optimizer: () => adam({ learningRate: 0.01, l2: 1e-5 }),
  batchSize: 512,
  epochs: 12,
  stopEarly: stopEarly({ metric: 'ndcg@10', patience: 4 }),
  note: 'Options were set by hand; the search of the same name compares others.',
});
