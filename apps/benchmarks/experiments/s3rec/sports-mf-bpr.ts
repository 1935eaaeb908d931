import { defineExperiment } from '@footlight/trainer';
import { createFactorization } from '../s3rec.js';

export default defineExperiment(createFactorization('sports'));
