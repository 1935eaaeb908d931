import { defineExperiment } from '@footlight/trainer';
import { measured, pool } from '../talk-sequences.js';

export default defineExperiment({
  ...measured({ training: true }),
  ...pool,
});
