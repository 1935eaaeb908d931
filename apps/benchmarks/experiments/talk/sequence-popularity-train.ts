import { defineExperiment } from '@footlight/trainer';
import { createEvaluation, popularity } from '../talk-sequences.js';

export default defineExperiment({
  ...createEvaluation({ training: true }),
  ...popularity,
});
