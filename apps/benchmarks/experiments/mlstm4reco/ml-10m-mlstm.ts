import { defineExperiment } from '@footlight/trainer';
import { createPublished } from '../mlstm4reco.js';

export default defineExperiment(
  createPublished(
    'ml-10m',
    'mlstm',
    { dim: 128, learningRate: 0.0045, batchSize: 224, l2: 1.12e-6, epochs: 45 },
    { validation: 0.1142, test: 0.1115 },
  ),
);
