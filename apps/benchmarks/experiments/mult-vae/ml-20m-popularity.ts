import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml20m, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  model: popularity(),
  published: toPublished(0.191, 0.162, 0.235),
  note: 'Published: Steck, WWW 2019.',
});
