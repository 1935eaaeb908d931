import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../latest-small.js';

export default defineExperiment({ ...evaluation, model: popularity(), note: 'The baseline.' });
