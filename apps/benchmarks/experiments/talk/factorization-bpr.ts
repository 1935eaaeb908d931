import { sigmoidBprLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { measured, negatives, trained } from '../talk.js';

export default defineExperiment({
  ...measured,
  ...trained,
  loss: sigmoidBprLoss(),
  negatives: negatives(1),
  published: { mrr: 0.08 },
});
