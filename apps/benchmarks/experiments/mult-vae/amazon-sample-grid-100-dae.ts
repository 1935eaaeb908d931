import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample, shortTraining } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  ...shortTraining,
  model: multDae({ dims: [300, 100] }),
});
