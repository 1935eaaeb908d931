import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  model: ease({ regularization: 200 }),
});
