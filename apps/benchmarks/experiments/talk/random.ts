import { random } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { measured } from '../talk.js';

export default defineExperiment({
  ...measured,
  model: random(),
  note: 'Not in the talk: random scores.',
});
