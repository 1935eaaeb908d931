import { defineExperiment } from '@footlight/trainer';
import { lstmOfTalk, measured } from '../talk-sequences.js';

export default defineExperiment({
  ...measured({ faithful: true, training: true }),
  ...lstmOfTalk,
  published: { 'mrr(sampled 200)': 0.12 },
});
