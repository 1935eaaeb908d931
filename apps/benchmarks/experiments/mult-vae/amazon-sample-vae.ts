import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample, annealBeta, shortTraining } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  ...shortTraining,
  model: multVae({ dims: [600, 200] }),
  penalty: annealBeta(50),
});
