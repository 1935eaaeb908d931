import { defineExperiment } from '@footlight/trainer';
import { bilinear, evaluation } from '../triplet.js';

export default defineExperiment({
  ...evaluation,
  ...bilinear,
  epochs: 10,
  published: { auc: 0.9262 },
  note: 'Published after "10" epochs that continued an earlier training: the first loss is that of a trained model.',
});
