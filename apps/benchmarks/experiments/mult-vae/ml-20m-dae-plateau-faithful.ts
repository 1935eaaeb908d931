import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { longTraining, ml20m, mxnetAdam, plateauTraining, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  ...longTraining,
  model: multDae({ dims: [600, 200], faithful: 'extra-tanh' }),
  ...plateauTraining,
  optimizer: mxnetAdam(5e-3),
  published: toPublished(0.424, 0.393, 0.536, { loss: 348.841, bestEpoch: 184 }),
  note:
    'With MXNet in the write-up: a tanh after every dropout, a larger ε in Adam, and a learning rate that falls ' +
    'every 21 epochs regardless of the validation metric.',
});
