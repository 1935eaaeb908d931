import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonMovies, annealBeta, longTraining } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  ...longTraining,
  model: multVae({ dims: [900, 300] }),
  penalty: annealBeta(170, 0.7),
});
