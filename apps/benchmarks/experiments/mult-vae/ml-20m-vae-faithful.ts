import { adam } from '@footlight/engine';
import { multVae } from '@footlight/models';
import { defineExperiment, plateau, stopEarly } from '@footlight/trainer';
import { annealBeta, longTraining, ml20m, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  ...longTraining,
  model: multVae({ dims: [600, 200], faithful: 'extra-tanh' }),
  optimizer: () => adam({ learningRate: 5e-3, rows: 'dense' }),
  schedule: plateau({ metric: 'ndcg@100', factor: 0.4, patience: 20, threshold: 1e-3, faithful: 'wrong-direction' }),
  penalty: annealBeta(170),
  stopEarly: stopEarly({ metric: 'ndcg@100', patience: 30 }),
  published: toPublished(0.427, 0.398, 0.538),
  note:
    'The best model of the write-up, with its extra tanh and a learning rate that falls every 21 epochs ' +
    'regardless of the validation metric.',
});
