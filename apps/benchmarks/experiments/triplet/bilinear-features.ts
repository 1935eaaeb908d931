import { featureEmbeddings, uniformEmbeddings } from '@footlight/layers';
import { cosineFactorization } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { bilinear, evaluation } from '../triplet.js';

const withFeatures = featureEmbeddings({ vectors: uniformEmbeddings() });

export default defineExperiment({
  ...evaluation,
  ...bilinear,
  model: cosineFactorization({ dim: 64, l2: 1e-6, userEmbedding: withFeatures, itemEmbedding: withFeatures }),
  epochs: 20,
  note:
    'The first extension that the lab suggests: features of users (age, gender, occupation) and films (genres, ' +
    'year). Compare with bilinear-20.',
});
