import { uniformNegatives } from '@footlight/datasets';
import { adagrad } from '@footlight/engine';
import { warpLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { evaluation, training } from '../talk.js';

// Not in the talk. Options were set by hand; the search of the same name compares others.
export default defineExperiment({
  ...evaluation,
  ...training,
  loss: warpLoss(),
  negatives: uniformNegatives({ count: 30, reject: 'seen' }),
  optimizer: () => adagrad({ learningRate: 0.02 }),
  epochs: 20,
  batchSize: 256,
});
