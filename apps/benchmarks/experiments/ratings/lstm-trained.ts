import { adam } from '@footlight/engine';
import { squaredLoss } from '@footlight/losses';
import { lstmRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { sequenceEvaluation } from '../ratings.js';

export default defineExperiment({
  ...sequenceEvaluation,
  model: lstmRating({ dim: 64, hidden: 128, history: 9 }),
  loss: squaredLoss(),
  epochs: 3,
  batchSize: 32,
  optimizer: () => adam({ learningRate: 1e-3, rows: 'dense' }),
  note:
    'The model of ratings/lstm, trained; the number of epochs was set by hand; ' +
    'the search of the same name compares others.',
});
