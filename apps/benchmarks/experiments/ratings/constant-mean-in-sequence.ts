import { constantRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { sequenceEvaluation } from '../ratings.js';

export default defineExperiment({
  ...sequenceEvaluation,
  model: constantRating(),
  note: 'Not in the post: the mean of the training ratings, evaluated on the same ratings as the LSTM.',
});
