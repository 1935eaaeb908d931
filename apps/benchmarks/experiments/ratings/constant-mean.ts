import { constantRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { measured } from '../ratings.js';

export default defineExperiment({
  ...measured,
  model: constantRating(),
  note: 'Not in the post: the mean of the training ratings for everything. The published .28 of the dense network is no better.',
});
