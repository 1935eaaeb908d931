import { defineExperiment } from '@footlight/trainer';
import { createSasRecSampledSoftmax } from '../s3rec.js';

export default defineExperiment(createSasRecSampledSoftmax('sports'));
