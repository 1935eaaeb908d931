import { defineExperiment } from '@footlight/trainer';
import { towers, toys } from '../cold-items.js';

export default defineExperiment({ ...toys, ...towers });
