import { defineExperiment } from '@footlight/trainer';
import { createEvaluation, lstm } from '../talk-sequences.js';

export default defineExperiment({
  ...createEvaluation(),
  ...lstm,
});
