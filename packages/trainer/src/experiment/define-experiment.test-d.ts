import { uniformNegatives } from '@footlight/datasets';
import { bprLoss, softmaxLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { factorization, popularity } from '@footlight/models';
import { createDataset, createTwoTastes, everySeventh } from '../fixtures.js';
import { defineExperiment } from './define-experiment.js';

const common = {
  dataset: createDataset(createTwoTastes()),
  split: everySeventh(),
  metrics: [ndcg({ at: 10 })],
  seed: 1,
};

defineExperiment({
  ...common,
  model: factorization({ dim: 3 }),
  loss: bprLoss(),
  epochs: 1,
  negatives: uniformNegatives({ count: 4 }),
});
defineExperiment({ ...common, model: popularity() });
// @ts-expect-error a learned model needs a loss
defineExperiment({ ...common, model: factorization({ dim: 3 }), epochs: 1 });
// @ts-expect-error a solver takes no loss
defineExperiment({ ...common, model: popularity(), loss: bprLoss() });
// @ts-expect-error a catalogue loss sees every item and takes no negatives
defineExperiment({
  ...common,
  model: factorization({ dim: 3 }),
  loss: softmaxLoss(),
  epochs: 1,
  negatives: uniformNegatives({ count: 4 }),
});
