import { defineExperiment } from '@footlight/trainer';
import { measured, lstm } from '../talk-sequences.js';

export default defineExperiment({
  ...measured(),
  ...lstm,
});
