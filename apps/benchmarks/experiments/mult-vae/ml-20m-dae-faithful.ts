import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { long, ml20m, published } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  ...long,
  model: multDae({ dims: [600, 200], faithful: 'extra-tanh' }),
  published: published(0.418, 0.386, 0.53),
  note: 'With a tanh after every dropout, as in the code of the write-up.',
});
