import { defineExperiment } from '@footlight/trainer';
import { createSasRecSoftmax } from '../s3rec.js';

export default defineExperiment(createSasRecSoftmax('sports'));
