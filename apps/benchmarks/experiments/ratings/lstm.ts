import { sgd } from '@footlight/engine';
import { squaredLoss } from '@footlight/losses';
import { lstmRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { inSequence } from '../ratings.js';

export default defineExperiment({
  ...inSequence,
  model: lstmRating({ dim: 64, hidden: 128, history: 9 }),
  loss: squaredLoss(),
  epochs: 1,
  batchSize: 1,
  optimizer: () => sgd({ learningRate: 0.1 }),
  published: { 'rmse(0..1)': 0.43 },
  note: 'One sequence at a time, once over. The post does not say how it split; whole users here, since its sequences are whole.',
});
