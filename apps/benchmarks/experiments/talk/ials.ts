import { ials } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { measured } from '../talk.js';

// Not in the talk. Options were chosen on a random tenth of the training ratings.
export default defineExperiment({ ...measured, model: ials({ dim: 128, confidence: 4, regularization: 30 }) });
