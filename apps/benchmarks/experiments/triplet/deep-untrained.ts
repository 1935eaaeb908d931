import { defineExperiment } from '@footlight/trainer';
import { createDeep, evaluation } from '../triplet.js';

export default defineExperiment({
  ...evaluation,
  ...createDeep('relu'),
  epochs: 0,
  note: 'The initial model; the lab asks to check that its AUC is close to 0.5.',
});
