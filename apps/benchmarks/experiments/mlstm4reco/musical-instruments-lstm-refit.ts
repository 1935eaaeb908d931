import { defineExperiment } from '@footlight/trainer';
import { reviewRefit } from '../mlstm4reco.js';

export default defineExperiment(reviewRefit);
