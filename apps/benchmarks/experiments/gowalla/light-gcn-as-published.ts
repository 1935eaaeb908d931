import { defineExperiment } from '@footlight/trainer';
import { createLightGcn } from '../gowalla-learned.js';

export default defineExperiment(createLightGcn());
