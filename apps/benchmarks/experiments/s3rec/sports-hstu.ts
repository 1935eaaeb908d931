import { defineExperiment } from '@footlight/trainer';
import { createHstu } from '../s3rec.js';

export default defineExperiment(createHstu('sports'));
