import { adaptiveHingeLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { measured, negatives, trained } from '../talk.js';

export default defineExperiment({
  ...measured,
  ...trained,
  loss: adaptiveHingeLoss(),
  negatives: negatives(5),
  published: { mrr: 0.11 },
});
