import { defineExperiment } from '@footlight/trainer';
import { createEase } from '../gowalla-solvers.js';

export default defineExperiment(createEase(200));
