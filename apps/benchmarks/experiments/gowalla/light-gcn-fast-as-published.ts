import { defineExperiment } from '@footlight/trainer';
import { createFastLightGcn } from '../gowalla-learned.js';

export default defineExperiment(createFastLightGcn('as-published'));
