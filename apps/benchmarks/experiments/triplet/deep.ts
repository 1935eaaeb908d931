import { defineExperiment } from '@footlight/trainer';
import { createDeep, evaluation } from '../triplet.js';

export default defineExperiment({
  ...evaluation,
  ...createDeep('relu'),
  published: { auc: 0.9208 },
  note: 'The output is rectified, so that many items of a user tie at 0.',
});
