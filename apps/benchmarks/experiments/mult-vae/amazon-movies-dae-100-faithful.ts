import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonMovies, longTraining, mxnetAdam, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  ...longTraining,
  model: multDae({ dims: [300, 100], faithful: 'extra-tanh' }),
  optimizer: mxnetAdam(1e-3),
  published: toPublished(0.09, 0.119, 0.182, { loss: 85.985, bestEpoch: 18 }),
  note: 'With MXNet in the write-up: a tanh after every dropout, and a larger ε in Adam.',
});
