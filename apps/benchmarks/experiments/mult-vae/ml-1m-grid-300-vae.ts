import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { countingTraining, ml1m } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m,
  ...countingTraining,
  model: multVae({ dims: [900, 300] }),
});
