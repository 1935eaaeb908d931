import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonMovies, annealBeta, longTraining, stopAtBest, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  ...longTraining,
  model: multVae({ dims: [900, 300], faithful: 'extra-tanh' }),
  penalty: annealBeta(170, 0.7),
  stopEarly: stopAtBest(20, 'count'),
  published: toPublished(0.101, 0.137, 0.204, { loss: 92.263, bestEpoch: 170 }),
  note: 'With a tanh after every dropout, as in the code of the write-up.',
});
