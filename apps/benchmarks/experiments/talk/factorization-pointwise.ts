import { pointwiseLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { measured, negatives, trained } from '../talk.js';

export default defineExperiment({
  ...measured,
  ...trained,
  loss: pointwiseLoss({ terms: 'mean' }),
  negatives: negatives(1),
  published: { mrr: 0.06 },
});
