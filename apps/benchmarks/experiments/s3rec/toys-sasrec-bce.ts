import { defineExperiment } from '@footlight/trainer';
import { createSasRecBce } from '../s3rec.js';

export default defineExperiment(createSasRecBce('toys'));
