import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../losses.js';

export default defineExperiment({ ...evaluation, model: popularity() });
