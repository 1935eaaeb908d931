import { defineExperiment } from '@footlight/trainer';
import { createEvaluation, lstmOfSubsequences } from '../talk-sequences.js';

export default defineExperiment({
  ...createEvaluation(),
  ...lstmOfSubsequences,
  note:
    'The second layout of the talk, which it describes and does not run: a training example per target. An epoch has ' +
    'about 20 times as many rows, so that ten epochs are about 20 times as many steps as in the row without it.',
});
