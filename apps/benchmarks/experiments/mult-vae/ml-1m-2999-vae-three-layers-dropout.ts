import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { ml1m2999, variationalTraining } from '../mult-vae.js';

export default defineExperiment({
  ...ml1m2999,
  ...variationalTraining,
  model: multVae({
    dims: [1024, 512, 256],
    dropout: { encoder: [0.2, 0.2, 0.2], decoder: [0.2, 0.2, 0.2] },
  }),
  note: 'Dropout of 0.2 before every dense layer.',
});
