import { bprLoss } from '@footlight/losses';
import { factorizationMachine } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { bilinear, measured } from '../triplet.js';

const { loss: _, ...training } = bilinear;

export default defineExperiment({
  ...measured,
  ...training,
  model: factorizationMachine({ dim: 64 }),
  loss: bprLoss(),
  epochs: 20,
  note: 'Last extension that the lab suggests: pairs of ids and features, all of them. Compare with bilinear-20.',
});
