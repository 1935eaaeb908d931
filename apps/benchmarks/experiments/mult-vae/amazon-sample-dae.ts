import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample, short } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  ...short,
  model: multDae({ dims: [600, 200] }),
});
