import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonMovies, long } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  ...long,
  model: multDae({ dims: [150, 50] }),
});
