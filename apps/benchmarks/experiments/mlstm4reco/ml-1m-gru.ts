import { defineExperiment } from '@footlight/trainer';
import { createPublished } from '../mlstm4reco.js';

export default defineExperiment(
  createPublished('ml-1m', 'gru', { dim: 112, learningRate: 0.0193, batchSize: 208, l2: 6.01e-6, epochs: 50 }),
);
