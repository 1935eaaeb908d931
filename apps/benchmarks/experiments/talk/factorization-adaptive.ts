import { adaptiveHingeLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { createNegatives, evaluation, training } from '../talk.js';

export default defineExperiment({
  ...evaluation,
  ...training,
  loss: adaptiveHingeLoss(),
  negatives: createNegatives(5),
  published: { mrr: 0.11 },
});
