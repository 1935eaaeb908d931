import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonMovies, long, published, rising } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  ...long,
  model: multVae({ dims: [900, 300], faithful: 'extra-tanh' }),
  penalty: rising(170, 0.7),
  published: published(0.101, 0.137, 0.204),
  note: 'With a tanh after every dropout, as in the code of the write-up.',
});
