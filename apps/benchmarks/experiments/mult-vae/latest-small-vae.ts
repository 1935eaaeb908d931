import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { latestSmall, variationalTraining } from '../mult-vae.js';

export default defineExperiment({
  ...latestSmall,
  ...variationalTraining,
  model: multVae({ dims: [600, 200] }),
});
