import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonMovies, longTraining } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  ...longTraining,
  model: multDae({ dims: [150, 50] }),
});
