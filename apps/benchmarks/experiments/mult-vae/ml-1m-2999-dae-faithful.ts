import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m2999, shortTraining } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m2999,
  ...shortTraining,
  model: multDae({ dims: [600, 200], faithful: 'extra-tanh' }),
  note: 'With a tanh after every dropout, as in the code of the write-up.',
});
