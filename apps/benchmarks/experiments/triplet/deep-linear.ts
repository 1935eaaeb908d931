import { defineExperiment } from '@footlight/trainer';
import { createDeep, evaluation } from '../triplet.js';

export default defineExperiment({
  ...evaluation,
  ...createDeep('linear'),
  note: 'Not in the lab: the deep model with a linear output.',
});
