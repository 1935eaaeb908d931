import { sgd } from '@footlight/engine';
import { squaredLoss } from '@footlight/losses';
import { lstmRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { sequenceEvaluation } from '../ratings.js';

export default defineExperiment({
  ...sequenceEvaluation,
  model: lstmRating({ dim: 64, hidden: 128, history: 9 }),
  loss: squaredLoss(),
  epochs: 1,
  batchSize: 1,
  optimizer: () => sgd({ learningRate: 0.1 }),
  published: { 'rmse(0..1)': 0.43 },
  note:
    'One epoch, one sequence per step. The post does not describe its split; whole users are held out here, ' +
    'because it cuts sequences from whole histories.',
});
