import { adaptiveHingeLoss } from '@footlight/losses';
import { sequenceCnn } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { createFilmSequences, history } from '../spotlight-sequences.js';

export default defineExperiment({
  ...createFilmSequences(false, { learningRate: 0.01, l2: 0, negatives: 5 }),
  model: sequenceCnn({ dim: 256, history, width: 3, dilations: [1, 2, 4], activation: 'relu' }),
  loss: adaptiveHingeLoss(),
  epochs: 15,
  batchSize: 16,
  published: { mrr: 0.0795 },
  note:
    'The best of 100 trials by validation (.0722). ' +
    'Learning rate, batch size, L2 regularization and epochs were not published; those of the best LSTM are used.',
});
