import { adaptiveHingeLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { sequencePrecision } from '../spotlight-sequences.js';

export default defineExperiment({
  ...sequencePrecision,
  loss: adaptiveHingeLoss(),
  published: { 'precision@10': 0.064 },
  note:
    'A test of Spotlight allows ± .005. Spotlight may recommend id 0, which pads its windows; Footlight has no ' +
    'such id.',
});
