import { multVae } from '@footlight/models';
import { defineExperiment, twoStaged } from '@footlight/trainer';
import { latestSmall, rising, short } from '../mult-vae.js';

export default twoStaged(
  defineExperiment({
    ...latestSmall,
    ...short,
    model: multVae({ dims: [600, 200] }),
    penalty: rising(100, 1),
    note: 'β rises to 1 in a first training; the second goes up to where the validation part was best.',
  }),
);
