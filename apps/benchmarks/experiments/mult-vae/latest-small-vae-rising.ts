import { multVae } from '@footlight/models';
import { defineExperiment, stopEarly } from '@footlight/trainer';
import { latestSmall, rising, short } from '../mult-vae.js';

export default defineExperiment({
  ...latestSmall,
  ...short,
  model: multVae({ dims: [600, 200] }),
  penalty: rising(100, 1),
  stopEarly: stopEarly({ metric: 'ndcg@100', patience: 100 }),
  note: 'β rises to 1 over all epochs, as for figure 2 of the write-up.',
});
