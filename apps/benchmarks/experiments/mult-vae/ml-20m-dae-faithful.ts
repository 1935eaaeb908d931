import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { longTraining, ml20m, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  ...longTraining,
  model: multDae({ dims: [600, 200], faithful: 'extra-tanh' }),
  published: toPublished(0.418, 0.386, 0.53, { loss: 349.714, bestEpoch: 136 }),
  note: 'With a tanh after every dropout, as in the code of the write-up.',
});
