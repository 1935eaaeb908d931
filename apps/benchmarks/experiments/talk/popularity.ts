import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../talk.js';

export default defineExperiment({
  ...evaluation,
  model: popularity(),
  note: 'Not in the talk: a baseline without personalization.',
});
