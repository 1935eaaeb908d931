import { constantRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { measured } from '../ratings.js';

export default defineExperiment({
  ...measured,
  model: constantRating(),
  note: 'Not in the post: the mean of the training ratings for everything. The .28 that it gives for its dense network is no better.',
});
