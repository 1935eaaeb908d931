import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample, annealBeta, variationalTraining } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  ...variationalTraining,
  model: multVae({ dims: [900, 300] }),
  penalty: annealBeta(80, 0.7),
});
