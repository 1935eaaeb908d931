import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonMovies, long, rising } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  ...long,
  model: multVae({ dims: [900, 300] }),
  penalty: rising(170, 0.7),
});
