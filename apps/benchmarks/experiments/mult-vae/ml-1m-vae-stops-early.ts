import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { countingTraining, ml1m } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m,
  ...countingTraining,
  model: multVae({ dims: [600, 200] }),
  note: 'Training stops before β reaches its cap of 0.2; in ml-1m-vae it waits.',
});
