import { defineExperiment } from '@footlight/trainer';
import { bilinear, evaluation } from '../triplet.js';

export default defineExperiment({
  ...evaluation,
  ...bilinear,
  epochs: 0,
  published: { auc: 0.4978 },
  note: 'The initial model, which the lab evaluates before it trains.',
});
