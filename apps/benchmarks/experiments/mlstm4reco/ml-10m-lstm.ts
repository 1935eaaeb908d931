import { defineExperiment } from '@footlight/trainer';
import { createPublished } from '../mlstm4reco.js';

export default defineExperiment(
  createPublished(
    'ml-10m',
    'lstm',
    { dim: 120, learningRate: 0.00419, batchSize: 224, l2: 2.43e-7, epochs: 50 },
    { validation: 0.109, test: 0.1033 },
  ),
);
