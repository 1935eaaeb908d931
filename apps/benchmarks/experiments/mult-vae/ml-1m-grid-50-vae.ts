import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { annealBeta, ml1m, shortTraining } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m,
  ...shortTraining,
  model: multVae({ dims: [150, 50] }),
  penalty: annealBeta(50),
});
