import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m2999, unpenalizedTraining } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m2999,
  ...unpenalizedTraining,
  model: multVae({ dims: [600, 200] }),
  note: 'β is 0, as in the best models of the write-up with MXNet.',
});
