import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml20m, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  model: ease({ regularization: 500 }),
  published: toPublished(0.42, 0.391, 0.521),
  note: 'Published: Steck, WWW 2019.',
});
