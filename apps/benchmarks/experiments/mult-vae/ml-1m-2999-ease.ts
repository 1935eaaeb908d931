import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m2999 } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m2999,
  model: ease({ regularization: 250 }),
});
