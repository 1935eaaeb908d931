import { defineExperiment } from '@footlight/trainer';
import { createPublished } from '../mlstm4reco.js';

export default defineExperiment(
  createPublished(
    'ml-1m',
    'mlstm',
    { dim: 120, learningRate: 0.0125, batchSize: 240, l2: 5.9e-6, epochs: 40 },
    { validation: 0.1275, test: 0.1386 },
  ),
);
