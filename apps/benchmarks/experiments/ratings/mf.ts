import { sgd } from '@footlight/engine';
import { scaledEmbeddings } from '@footlight/layers';
import { squaredLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../ratings.js';

const normal = scaledEmbeddings({ deviation: 1 }); // N(0, 1), PyTorch's default

export default defineExperiment({
  ...evaluation,
  model: factorization({ dim: 20, biases: false, userEmbedding: normal, itemEmbedding: normal }),
  loss: squaredLoss(),
  epochs: 1,
  batchSize: 1,
  optimizer: () => sgd({ learningRate: 1e-6 }),
  published: { 'rmse(0..1)': 0.66 },
  note:
    'As printed in the post: one epoch, one rating per step. ' +
    'At this learning rate the vectors stay close to their random initial values.',
});
