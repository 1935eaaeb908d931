import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m, shortTraining } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m,
  ...shortTraining,
  model: multDae({ dims: [150, 50] }),
});
