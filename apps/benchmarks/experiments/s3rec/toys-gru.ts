import { defineExperiment } from '@footlight/trainer';
import { createGru4Rec } from '../s3rec.js';

export default defineExperiment(createGru4Rec('toys'));
