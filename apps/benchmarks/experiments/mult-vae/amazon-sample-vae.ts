import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample, rising, short } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  ...short,
  model: multVae({ dims: [600, 200] }),
  penalty: rising(50),
});
