import { multVae } from '@footlight/models';
import { constantPenalty, defineExperiment } from '@footlight/trainer';
import { amazonMovies, longTraining, mxnetAdam, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...amazonMovies,
  ...longTraining,
  model: multVae({ dims: [600, 200], faithful: ['extra-tanh', 'always-samples'] }),
  optimizer: mxnetAdam(1e-3),
  penalty: constantPenalty({ weight: 0 }),
  published: toPublished(0.09, 0.118, 0.179, { loss: 85.31, bestEpoch: 8 }),
  note:
    'With MXNet in the write-up: β is 0, a tanh follows every dropout, the code is a sample in evaluation too, and ' +
    'Adam has a larger ε.',
});
