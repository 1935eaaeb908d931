import { adam } from '@footlight/engine';
import { multDae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { longTraining, ml20m, stopAtBest, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  ...longTraining,
  model: multDae({ dims: [200] }),
  batchSize: 500,
  optimizer: () => adam({ learningRate: 1e-3, l2: 4e-5, rows: 'dense' }), // λ Σ w² with λ = 0.01 / 500
  stopEarly: stopAtBest(200),
  published: toPublished(0.41997, 0.38768, 0.52426),
  note: 'As in the notebook of the paper (vae_cf), whose values are shown. Weight decay applies to biases too.',
});
