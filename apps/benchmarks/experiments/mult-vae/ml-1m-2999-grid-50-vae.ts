import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m2999, variationalTraining } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m2999,
  ...variationalTraining,
  model: multVae({ dims: [150, 50] }),
});
