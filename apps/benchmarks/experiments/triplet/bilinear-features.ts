import { featureEmbeddings, uniformEmbeddings } from '@footlight/layers';
import { cosineFactorization } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { bilinear, measured } from '../triplet.js';

const withFeatures = featureEmbeddings({ vectors: uniformEmbeddings() });

export default defineExperiment({
  ...measured,
  ...bilinear,
  model: cosineFactorization({ dim: 64, l2: 1e-6, userEmbedding: withFeatures, itemEmbedding: withFeatures }),
  epochs: 20,
  note: 'First extension that the lab suggests: users also have age, gender and occupation, films genres and year. Compare with bilinear-20.',
});
