import { defineExperiment } from '@footlight/trainer';
import { biasedFactorization, evaluation } from '../ratings.js';

export default defineExperiment({
  ...evaluation,
  ...biasedFactorization,
  note:
    'Not in the post: factorization with 20 factors, biases and a global mean. ' +
    'Options were set by hand; the search of the same name compares others.',
});
