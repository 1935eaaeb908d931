import { adam } from '@footlight/engine';
import { scaledEmbeddings } from '@footlight/layers';
import { squaredLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../ratings.js';

const small = scaledEmbeddings({ deviation: 0.05 });

export default defineExperiment({
  ...evaluation,
  model: factorization({ dim: 20, biases: false, userEmbedding: small, itemEmbedding: small }),
  loss: squaredLoss(),
  epochs: 5,
  optimizer: () => adam({ learningRate: 2.1e-3, l2: 4e-6, rows: 'dense' }),
  note: 'The model of ratings/mf, trained. Options of the best trial of the search of the same name, rounded.',
});
