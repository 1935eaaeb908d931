import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample, unpenalizedTraining } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  ...unpenalizedTraining,
  model: multVae({ dims: [600, 200] }),
  note: 'β is 0, as in the best models of the write-up with MXNet.',
});
