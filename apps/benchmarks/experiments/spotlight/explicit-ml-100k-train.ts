import { onTrainingData } from '@footlight/datasets';
import { defineExperiment } from '@footlight/trainer';
import { explicitFactorization } from '../spotlight.js';

export default defineExperiment({
  ...explicitFactorization,
  split: onTrainingData(explicitFactorization.split),
  published: { rmse: 0.907 },
  note:
    'The same model, evaluated on its training ratings. ' +
    'Five runs of an independent implementation, reference/spotlight-explicit.py, lie between .893 and .906.',
});
