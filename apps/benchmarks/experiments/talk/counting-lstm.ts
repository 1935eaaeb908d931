import { defineExperiment } from '@footlight/trainer';
import { counting, lstmOfTalk } from '../talk-sequences.js';

export default defineExperiment({
  ...counting,
  ...lstmOfTalk,
  published: { 'mrr(sampled 200)': 0.77 },
});
