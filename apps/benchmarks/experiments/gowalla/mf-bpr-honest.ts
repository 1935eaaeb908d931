import { defineExperiment } from '@footlight/trainer';
import { createFactorization } from '../gowalla-learned.js';

export default defineExperiment(createFactorization('honest'));
