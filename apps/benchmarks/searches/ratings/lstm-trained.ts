import { gridSampler } from '@footlight/studies';
import { defineSearch } from '@footlight/studies/search';
import { defineExperiment } from '@footlight/trainer';
import lstm from '../../experiments/ratings/lstm-trained.js';
import { sequenceValidated } from '../ratings.js';

const epochs = [1, 2, 3, 4, 6, 8];

export default defineSearch({
  space: (trial) =>
    defineExperiment({
      ...lstm,
      split: sequenceValidated.split,
      epochs: trial.integer('epochs', { low: 1, high: 8 }),
    }),
  objective: { metric: 'rmse' },
  trials: epochs.length,
  sampler: gridSampler({ epochs }),
});
