import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonMovies, longTraining, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  ...longTraining,
  model: multDae({ dims: [150, 50], faithful: 'extra-tanh' }),
  published: toPublished(0.091, 0.12, 0.182, { loss: 87.588, bestEpoch: 28 }),
  note: 'With a tanh after every dropout, as in the code of the write-up.',
});
