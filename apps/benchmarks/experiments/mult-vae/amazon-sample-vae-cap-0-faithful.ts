import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { amazonSample, unpenalizedTraining } from '../mult-vae.js';

export default defineExperiment({
  ...amazonSample,
  ...unpenalizedTraining,
  model: multVae({ dims: [600, 200], faithful: ['extra-tanh', 'always-samples'] }),
  note:
    'β is 0; with a tanh after every dropout and with samples in evaluation, as in the code of the write-up with ' +
    'MXNet.',
});
