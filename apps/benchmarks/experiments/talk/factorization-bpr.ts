import { sigmoidBprLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { createNegatives, evaluation, training } from '../talk.js';

export default defineExperiment({
  ...evaluation,
  ...training,
  loss: sigmoidBprLoss(),
  negatives: createNegatives(1),
  published: { mrr: 0.08 },
});
