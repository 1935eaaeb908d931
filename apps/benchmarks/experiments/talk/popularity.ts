import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { measured } from '../talk.js';

export default defineExperiment({
  ...measured,
  model: popularity(),
  note: 'Not in the talk: a baseline without personalization.',
});
