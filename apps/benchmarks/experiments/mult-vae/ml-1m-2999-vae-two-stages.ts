import { multVae } from '@footlight/models';
import { defineExperiment, twoStaged } from '@footlight/trainer';
import { annealBeta, ml1m2999, variationalTraining } from '../mult-vae.js';

export default twoStaged(
  defineExperiment({
    ...ml1m2999,
    ...variationalTraining,
    model: multVae({ dims: [600, 200] }),
    penalty: annealBeta(80, 1),
    note:
      'β rises to 1 after 80 % of the epochs in the first stage; in the second, over as many epochs, to the value of ' +
      'the best epoch of the first.',
  }),
);
