import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m, variationalTraining } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m,
  ...variationalTraining,
  model: multVae({ dims: [600, 200] }),
});
