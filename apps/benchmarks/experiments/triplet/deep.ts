import { defineExperiment } from '@footlight/trainer';
import { deep, measured } from '../triplet.js';

export default defineExperiment({
  ...measured,
  ...deep('relu'),
  published: { auc: 0.9208 },
  note: 'The output is rectified, so that many items of a user tie at 0.',
});
