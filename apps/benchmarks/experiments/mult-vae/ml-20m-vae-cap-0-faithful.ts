import { multVae } from '@footlight/models';
import { constantPenalty, defineExperiment } from '@footlight/trainer';
import { longTraining, ml20m, mxnetAdam, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  ...longTraining,
  model: multVae({ dims: [600, 200], faithful: ['extra-tanh', 'always-samples'] }),
  optimizer: mxnetAdam(1e-3),
  penalty: constantPenalty({ weight: 0 }),
  published: toPublished(0.417, 0.388, 0.531, { loss: 350.479, bestEpoch: 101 }),
  note:
    'With MXNet in the write-up: β is 0, a tanh follows every dropout, the code is a sample in evaluation too, and ' +
    'Adam has a larger ε.',
});
