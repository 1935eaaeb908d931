import { ials } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../talk.js';

// Not in the talk. Options of the best trial of the search of the same name, rounded.
export default defineExperiment({ ...evaluation, model: ials({ dim: 128, confidence: 1.4, regularization: 19 }) });
