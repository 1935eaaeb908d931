import { defineExperiment } from '@footlight/trainer';
import { createPublished } from '../mlstm4reco.js';

export default defineExperiment(
  createPublished('amazon', 'gru', { dim: 128, learningRate: 0.00285, batchSize: 224, l2: 2.42e-11, epochs: 50 }),
);
