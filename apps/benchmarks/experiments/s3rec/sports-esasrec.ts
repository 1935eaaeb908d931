import { defineExperiment } from '@footlight/trainer';
import { createEsasRec } from '../s3rec.js';

export default defineExperiment(createEsasRec('sports'));
