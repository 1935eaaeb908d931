import { defineExperiment } from '@footlight/trainer';
import { createPublished } from '../mlstm4reco.js';

export default defineExperiment(
  createPublished(
    'amazon',
    'mlstm',
    { dim: 120, learningRate: 0.00248, batchSize: 144, l2: 4.53e-11, epochs: 50 },
    { validation: 0.3061, test: 0.3123 },
  ),
);
