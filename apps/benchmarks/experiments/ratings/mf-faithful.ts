import { defineExperiment } from '@footlight/trainer';
import { evaluation, printedFactorization, printedLoop } from '../ratings.js';

export default defineExperiment({
  ...evaluation,
  ...printedLoop,
  model: printedFactorization,
  published: { 'rmse(0..1)': 0.66 },
  note:
    'As printed in the post: one epoch, one rating per step, a learning rate of 10⁻⁶, and gradients that are never ' +
    'cleared, so that each step repeats all steps before. The post says neither how many epochs it trained ' +
    'nor how it split.',
});
