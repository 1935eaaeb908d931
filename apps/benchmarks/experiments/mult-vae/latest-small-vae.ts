import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { annealBeta, latestSmall, shortTraining } from '../mult-vae.js';

export default defineExperiment({
  ...latestSmall,
  ...shortTraining,
  model: multVae({ dims: [600, 200] }),
  penalty: annealBeta(50),
});
