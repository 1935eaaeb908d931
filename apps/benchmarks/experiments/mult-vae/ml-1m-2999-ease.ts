import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m2999 } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m2999,
  model: ease({ regularization: 500 }),
  note: 'λ is the best of a grid by NDCG@100 of the validation part; see searches/mult-vae/ml-1m-2999-ease.ts.',
});
