import { constantRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { inSequence } from '../ratings.js';

export default defineExperiment({
  ...inSequence,
  model: constantRating(),
  note: 'Not in the post: the mean of the training ratings, evaluated on the same ratings as the LSTM.',
});
