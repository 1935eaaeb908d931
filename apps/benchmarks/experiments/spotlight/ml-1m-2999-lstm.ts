import { adaptiveHingeLoss } from '@footlight/losses';
import { sequenceLstm } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { createFilmSequences, history } from '../spotlight-sequences.js';

export default defineExperiment({
  ...createFilmSequences(true, { learningRate: 0.01, l2: 0, negatives: 5 }),
  model: sequenceLstm({ dim: 32, history, faithful: 'reads-nothing' }),
  loss: adaptiveHingeLoss(),
  epochs: 15,
  batchSize: 16,
});
