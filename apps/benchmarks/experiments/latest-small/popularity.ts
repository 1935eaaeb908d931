import { popularity } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { measured } from '../latest-small.js';

export default defineExperiment({ ...measured, model: popularity(), note: 'The baseline.' });
