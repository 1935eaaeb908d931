import { ials } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../latest-small.js';

export default defineExperiment({
  ...evaluation,
  model: ials({ dim: 64, confidence: 10, regularization: 30 }),
  note: 'Options were set by hand; the search of the same name compares others.',
});
