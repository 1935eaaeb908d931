import { defineExperiment } from '@footlight/trainer';
import { biased, measured } from '../ratings.js';

export default defineExperiment({
  ...measured,
  ...biased,
  note: 'Not in the post: factorization with 20 factors, biases and a global mean. Options were chosen on a part of the training ratings of another split.',
});
