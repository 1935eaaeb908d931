import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { latestSmall, short } from '../mult-vae.js';

export default defineExperiment({
  ...latestSmall,
  ...short,
  model: multDae({ dims: [600, 200] }),
});
