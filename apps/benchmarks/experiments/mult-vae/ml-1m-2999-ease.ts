import { ease } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m2999 } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m2999,
  model: ease({ regularization: 500 }),
  note: 'λ was chosen by NDCG@100 of the validation part; see results/ease-regularization.md.',
});
