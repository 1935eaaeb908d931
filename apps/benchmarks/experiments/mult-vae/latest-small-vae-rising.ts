import { multVae } from '@footlight/models';
import { defineExperiment, stopEarly } from '@footlight/trainer';
import { annealBeta, latestSmall, shortTraining } from '../mult-vae.js';

export default defineExperiment({
  ...latestSmall,
  ...shortTraining,
  model: multVae({ dims: [600, 200] }),
  penalty: annealBeta(100, 1),
  stopEarly: stopEarly({ metric: 'ndcg@100', patience: 100 }),
  note: 'β rises to 1 over all epochs, as for figure 2 of the write-up.',
});
