import { sgd } from '@footlight/engine';
import { defineExperiment } from '@footlight/trainer';
import { evaluation, printedFactorization, printedLoop } from '../ratings.js';

export default defineExperiment({
  ...evaluation,
  ...printedLoop,
  model: printedFactorization,
  optimizer: () => sgd({ learningRate: 1e-6 }),
  published: { 'rmse(0..1)': 0.66 },
  note:
    'The printed loop with gradients that are cleared, as the text of the post describes it. ' +
    'At this learning rate the vectors stay close to their random initial values.',
});
