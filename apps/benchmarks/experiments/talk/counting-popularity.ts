import { defineExperiment } from '@footlight/trainer';
import { counting, popularity } from '../talk-sequences.js';

export default defineExperiment({
  ...counting,
  ...popularity,
  published: { 'mrr(sampled 200)': 0.07 },
});
