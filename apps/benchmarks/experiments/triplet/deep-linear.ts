import { defineExperiment } from '@footlight/trainer';
import { deep, measured } from '../triplet.js';

export default defineExperiment({
  ...measured,
  ...deep('linear'),
  note: 'Not in the lab: the deep model with a linear output.',
});
