import { multVae } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { latestSmall, rising, short } from '../mult-vae.js';

export default defineExperiment({
  ...latestSmall,
  ...short,
  model: multVae({ dims: [600, 200], faithful: 'extra-tanh' }),
  penalty: rising(50),
  note: 'With a tanh after every dropout, as in the code of the write-up.',
});
