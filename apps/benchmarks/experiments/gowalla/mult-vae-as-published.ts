import { defineExperiment } from '@footlight/trainer';
import { createMultVae } from '../gowalla-learned.js';

export default defineExperiment(createMultVae('as-published'));
