import { defineExperiment } from '@footlight/trainer';
import { createEvaluation, lstmWithNetwork } from '../talk-sequences.js';

export default defineExperiment({
  ...createEvaluation(),
  ...lstmWithNetwork,
  note:
    'Not in the talk: a perceptron with 64 units over the state and the vector of an item instead of their inner ' +
    'product. Not searched.',
});
