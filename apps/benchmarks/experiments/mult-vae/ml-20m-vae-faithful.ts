import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { annealBeta, longTraining, ml20m, plateauTraining, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  ...longTraining,
  ...plateauTraining,
  model: multVae({ dims: [600, 200], faithful: 'extra-tanh' }),
  penalty: annealBeta(170),
  published: toPublished(0.427, 0.398, 0.538, { loss: 365.372, bestEpoch: 155 }),
  note:
    'The best model of the write-up, with its extra tanh and a learning rate that falls every 21 epochs ' +
    'regardless of the validation metric.',
});
