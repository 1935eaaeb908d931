import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample, variationalTraining } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  ...variationalTraining,
  model: multVae({ dims: [600, 200] }),
});
