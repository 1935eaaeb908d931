import { defineExperiment } from '@footlight/trainer';
import { lstm, measured } from '../talk-sequences.js';

export default defineExperiment({
  ...measured(),
  ...lstm,
});
