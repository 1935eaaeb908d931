import { multVae } from '@footlight/models';
import { defineExperiment, twoStaged } from '@footlight/trainer';
import { latestSmall, rising, short } from '../mult-vae.js';

export default twoStaged(
  defineExperiment({
    ...latestSmall,
    ...short,
    model: multVae({ dims: [600, 200] }),
    penalty: rising(100, 1),
    note: 'β rises to 1 in the first stage; in the second stage it rises to the value with the best validation metric.',
  }),
);
