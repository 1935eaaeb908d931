import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { measured } from '../talk.js';

export default defineExperiment({
  ...measured,
  model: popularity(),
  note: 'Not in the talk: the floor. What any model must beat that knows who is asking.',
});
