import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m, rising, short } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m,
  ...short,
  model: multVae({ dims: [600, 200] }),
  penalty: rising(50),
});
