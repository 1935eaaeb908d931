import { defineExperiment } from '@footlight/trainer';
import { createGfCf } from '../gowalla-learned.js';

export default defineExperiment(createGfCf('as-published'));
