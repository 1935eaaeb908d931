import { defineExperiment } from '@footlight/trainer';
import { createIals } from '../gowalla-solvers.js';

export default defineExperiment(
  createIals({ dim: 64, unobservedWeight: 0.05, regularization: 0.003, frequencyExponent: 1 }),
);
