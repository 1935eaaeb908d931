import { numpyNegatives } from '@footlight/datasets';
import { warpLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { bilinear, evaluation } from '../triplet.js';

export default defineExperiment({
  ...evaluation,
  ...bilinear,
  loss: warpLoss({ margin: 1 }),
  negatives: numpyNegatives({ count: 10 }),
  epochs: 20,
  note:
    'The third extension that the lab suggests: WARP, the first of ten negatives that violates the margin, ' +
    'weighted by the estimated rank. Compare with bilinear-20.',
});
