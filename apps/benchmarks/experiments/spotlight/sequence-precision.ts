import { adaptiveHingeLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { sequencePrecision } from '../spotlight-sequences.js';

export default defineExperiment({
  ...sequencePrecision,
  loss: adaptiveHingeLoss(),
  published: { 'precision@10': 0.064 },
  note:
    'Missed: a test of Spotlight allows .064 ± .005, and the mean of our seeds is below that. Spotlight may ' +
    'recommend id 0, which pads its windows; Footlight has no such id. Whether that is the reason was not found out.',
});
