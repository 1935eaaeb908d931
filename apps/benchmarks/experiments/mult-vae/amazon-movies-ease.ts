import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonMovies } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  model: ease({ regularization: 500 }),
});
