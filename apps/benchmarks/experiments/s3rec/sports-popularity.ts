import { defineExperiment } from '@footlight/trainer';
import { createPopularity } from '../s3rec.js';

export default defineExperiment(createPopularity('sports'));
