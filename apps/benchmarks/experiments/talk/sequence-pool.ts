import { defineExperiment } from '@footlight/trainer';
import { createEvaluation, pool } from '../talk-sequences.js';

export default defineExperiment({
  ...createEvaluation(),
  ...pool,
});
