import { multVae } from '@footlight/models';
import { annealed, defineExperiment } from '@footlight/trainer';
import { longTraining, ml20m, stopAtBest, toPublished } from '../mult-vae.js';

export default defineExperiment({
  ...ml20m,
  ...longTraining,
  model: multVae({ dims: [600, 200] }),
  batchSize: 500,
  penalty: annealed({ cap: 0.2, steps: 40_000 }),
  stopEarly: stopAtBest(200, 'count'),
  published: toPublished(0.42592, 0.39535, 0.5354),
  note: 'As in the notebook of the paper (vae_cf), whose values are shown.',
});
