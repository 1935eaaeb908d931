import { defineExperiment } from '@footlight/trainer';
import { createEvaluation, poolWithNetwork } from '../talk-sequences.js';

export default defineExperiment({
  ...createEvaluation(),
  ...poolWithNetwork,
  note:
    'Not in the talk: a perceptron with 64 units over the state and the vector of an item instead of their inner ' +
    'product. Not searched.',
});
