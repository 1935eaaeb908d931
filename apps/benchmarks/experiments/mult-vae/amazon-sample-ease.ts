import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  model: ease({ regularization: 500 }),
  note: 'λ is the best of a grid by NDCG@100 of the validation part; see searches/mult-vae/amazon-sample-ease.ts.',
});
