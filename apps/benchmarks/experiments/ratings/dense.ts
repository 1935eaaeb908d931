import { sgd } from '@footlight/engine';
import { scaledEmbeddings } from '@footlight/layers';
import { squaredLoss } from '@footlight/losses';
import { neuralCollaborativeFiltering } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../ratings.js';

const normal = scaledEmbeddings({ deviation: 1 });

export default defineExperiment({
  ...evaluation,
  model: neuralCollaborativeFiltering({
    userDim: 20,
    itemDim: 20,
    hidden: [64],
    userEmbedding: normal,
    itemEmbedding: normal,
  }),
  loss: squaredLoss(),
  epochs: 1,
  batchSize: 1,
  optimizer: () => sgd({ learningRate: 1e-3 }),
  published: { 'rmse(0..1)': 0.28 },
  note:
    'One epoch, one rating per step. The post gives neither the sizes nor the learning rate of this model; ours ' +
    'were chosen before the first run.',
});
