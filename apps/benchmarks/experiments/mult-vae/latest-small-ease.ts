import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { latestSmall } from '../mult-vae.js';

export default defineExperiment({
  ...latestSmall,
  model: ease({ regularization: 100 }),
  note: 'λ is the best of a grid by NDCG@100 of the validation part; see searches/mult-vae/latest-small-ease.ts.',
});
