import { random } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../talk.js';

export default defineExperiment({
  ...evaluation,
  model: random(),
  note: 'Not in the talk: random scores.',
});
