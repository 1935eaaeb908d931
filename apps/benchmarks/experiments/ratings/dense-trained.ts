import { adam } from '@footlight/engine';
import { uniformEmbeddings } from '@footlight/layers';
import { squaredLoss } from '@footlight/losses';
import { neuralCollaborativeFiltering } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../ratings.js';

export default defineExperiment({
  ...evaluation,
  model: neuralCollaborativeFiltering({
    userDim: 20,
    itemDim: 20,
    hidden: [64],
    dropout: 0.2,
    userEmbedding: uniformEmbeddings(),
    itemEmbedding: uniformEmbeddings(),
  }),
  loss: squaredLoss(),
  epochs: 16,
  optimizer: () => adam({ learningRate: 2e-3, l2: 1e-5, rows: 'dense' }),
  note: 'The model of ratings/dense, trained. Options were set by hand; the search of the same name compares others.',
});
