import { constantRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../ratings.js';

export default defineExperiment({
  ...evaluation,
  model: constantRating(),
  note:
    'Not in the post: the mean of the training ratings for everything. ' +
    'The published .28 of the dense network is no better.',
});
