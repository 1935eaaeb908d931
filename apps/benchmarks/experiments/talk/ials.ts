import { ials } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../talk.js';

// Not in the talk. Options were chosen on a random tenth of the training ratings.
export default defineExperiment({ ...evaluation, model: ials({ dim: 128, confidence: 4, regularization: 30 }) });
