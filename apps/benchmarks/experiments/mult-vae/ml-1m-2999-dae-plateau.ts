import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m2999, plateauTraining, shortTraining } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m2999,
  ...shortTraining,
  model: multDae({ dims: [600, 200] }),
  ...plateauTraining,
  note: 'The learning rate of 0.005 is multiplied by 0.4 after every 21 epochs, as in the code of the write-up.',
});
