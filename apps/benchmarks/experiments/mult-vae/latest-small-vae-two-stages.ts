import { multVae } from '@footlight/models';
import { defineExperiment, twoStaged } from '@footlight/trainer';
import { annealBeta, latestSmall, variationalTraining } from '../mult-vae.js';

export default twoStaged(
  defineExperiment({
    ...latestSmall,
    ...variationalTraining,
    model: multVae({ dims: [600, 200] }),
    penalty: annealBeta(80, 1),
    note:
      'β rises to 1 after 80 % of the epochs in the first stage; in the second, over as many epochs, to the value of ' +
      'the best epoch of the first.',
  }),
);
