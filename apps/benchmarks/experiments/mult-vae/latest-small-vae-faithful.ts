import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { annealBeta, latestSmall, shortTraining } from '../mult-vae.js';

export default defineExperiment({
  ...latestSmall,
  ...shortTraining,
  model: multVae({ dims: [600, 200], faithful: 'extra-tanh' }),
  penalty: annealBeta(50),
  note: 'With a tanh after every dropout, as in the code of the write-up.',
});
