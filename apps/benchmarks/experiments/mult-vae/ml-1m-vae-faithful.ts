import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { countingTraining, ml1m } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m,
  ...countingTraining,
  model: multVae({ dims: [600, 200], faithful: 'extra-tanh' }),
  note:
    'With a tanh after every dropout, as in the code of the write-up, and the best of all epochs, also before β ' +
    'reaches its cap.',
});
