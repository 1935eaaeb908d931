import { bprLoss } from '@footlight/losses';
import { factorizationMachine } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { bilinear, evaluation } from '../triplet.js';

const { loss: _, ...training } = bilinear;

export default defineExperiment({
  ...evaluation,
  ...training,
  model: factorizationMachine({ dim: 64 }),
  loss: bprLoss(),
  epochs: 20,
  note:
    'The last extension that the lab suggests: a factorization machine over ids and features. ' +
    'Compare with bilinear-20.',
});
