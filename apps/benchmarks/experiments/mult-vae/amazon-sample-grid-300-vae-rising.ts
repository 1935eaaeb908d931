import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample, risingTraining } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  ...risingTraining,
  model: multVae({ dims: [900, 300] }),
  note: 'β rises to 1 over all epochs, as for figure 2 of the write-up.',
});
