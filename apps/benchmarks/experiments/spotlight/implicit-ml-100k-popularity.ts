import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { implicitEvaluation } from '../spotlight-sequences.js';

export default defineExperiment({
  ...implicitEvaluation,
  model: popularity(),
  note: 'A baseline that is not in the write-up.',
});
