import { defineExperiment } from '@footlight/trainer';
import { evaluation, printedDense, printedLoop } from '../ratings.js';

export default defineExperiment({
  ...evaluation,
  ...printedLoop,
  model: printedDense,
  published: { 'rmse(0..1)': 0.28 },
  note:
    'The loop that the post prints for matrix factorization, since it says that this model is fit the same way: a ' +
    'learning rate of 10⁻⁶, gradients that are never cleared. The post has no sizes; 20 factors and 64 units are ours.',
});
