import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { createFilmEvaluation } from '../spotlight-sequences.js';

export default defineExperiment({
  ...createFilmEvaluation(true),
  model: popularity(),
  note: 'A baseline that is not in the write-up.',
});
