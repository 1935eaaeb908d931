import { defineExperiment } from '@footlight/trainer';
import { createSasRecGbce } from '../s3rec.js';

export default defineExperiment(createSasRecGbce('toys'));
