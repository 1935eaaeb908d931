import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m2999, risingTraining } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m2999,
  ...risingTraining,
  model: multVae({ dims: [600, 200] }),
  note: 'β rises to 1 over all epochs, as for figure 2 of the write-up.',
});
