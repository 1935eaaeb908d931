import { constantRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../ratings.js';

export default defineExperiment({
  ...evaluation,
  model: constantRating({ value: 0 }),
  note: 'Not in the post: one star for everything. The published .66 of matrix factorization is hardly better.',
});
