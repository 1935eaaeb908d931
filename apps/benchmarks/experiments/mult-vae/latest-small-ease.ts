import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { latestSmall } from '../mult-vae.js';

export default defineExperiment({
  ...latestSmall,
  model: ease({ regularization: 100 }),
});
