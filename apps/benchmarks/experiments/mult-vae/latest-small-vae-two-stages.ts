import { multVae } from '@footlight/models';
import { defineExperiment, twoStaged } from '@footlight/trainer';
import { annealBeta, latestSmall, shortTraining } from '../mult-vae.js';

export default twoStaged(
  defineExperiment({
    ...latestSmall,
    ...shortTraining,
    model: multVae({ dims: [600, 200] }),
    penalty: annealBeta(100, 1),
    note: 'β rises to 1 in the first stage; in the second stage it rises to the value with the best validation metric.',
  }),
);
