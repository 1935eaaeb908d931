import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { toys } from '../cold-items.js';

export default defineExperiment({ ...toys, model: popularity() });
