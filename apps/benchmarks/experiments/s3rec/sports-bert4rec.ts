import { defineExperiment } from '@footlight/trainer';
import { createBert4Rec } from '../s3rec.js';

export default defineExperiment(createBert4Rec('sports'));
