import { adam } from '@footlight/engine';
import { scaledEmbeddings } from '@footlight/layers';
import { squaredLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../ratings.js';

const small = scaledEmbeddings({ deviation: 0.2 });

export default defineExperiment({
  ...evaluation,
  model: factorization({ dim: 20, biases: false, userEmbedding: small, itemEmbedding: small }),
  loss: squaredLoss(),
  epochs: 13,
  optimizer: () => adam({ learningRate: 2e-3, l2: 5e-5, rows: 'dense' }),
  note: 'The model of ratings/mf, trained. Options were chosen on a part of the training ratings of another split.',
});
