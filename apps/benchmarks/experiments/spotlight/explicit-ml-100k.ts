import { defineExperiment } from '@footlight/trainer';
import { explicit } from '../spotlight.js';

export default defineExperiment({
  ...explicit,
  published: { rmse: 0.946 },
  note: 'One run was published. Five of a second implementation, in PyTorch, lie between .938 and .945: peers/spotlight-explicit.py.',
});
