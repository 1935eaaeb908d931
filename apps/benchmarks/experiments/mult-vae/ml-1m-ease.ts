import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m,
  model: ease({ regularization: 500 }),
});
