import { defineExperiment } from '@footlight/trainer';
import { measured, popularity } from '../talk-sequences.js';

export default defineExperiment({
  ...measured({ training: true }),
  ...popularity,
});
