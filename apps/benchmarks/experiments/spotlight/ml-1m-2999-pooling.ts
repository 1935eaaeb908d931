import { adaptiveHingeLoss } from '@footlight/losses';
import { sequencePooling } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { createFilmSequences, history } from '../spotlight-sequences.js';

export default defineExperiment({
  ...createFilmSequences(true, { learningRate: 0.1, l2: 1e-5, negatives: 5 }),
  model: sequencePooling({ dim: 32, history }),
  loss: adaptiveHingeLoss(),
  epochs: 19,
  batchSize: 16,
});
