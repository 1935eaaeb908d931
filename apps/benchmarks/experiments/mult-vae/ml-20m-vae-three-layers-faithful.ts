import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { annealBeta, longTraining, ml20m, stopAtBest, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  ...longTraining,
  model: multVae({ dims: [1024, 512, 256], faithful: 'extra-tanh' }),
  penalty: annealBeta(170),
  stopEarly: stopAtBest(20, 'count'),
  published: toPublished(0.403, 0.379, 0.525),
  note: 'Three layers; published in all_results.csv of the write-up, not in its table.',
});
