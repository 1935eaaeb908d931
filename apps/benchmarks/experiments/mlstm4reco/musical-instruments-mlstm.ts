import { defineExperiment } from '@footlight/trainer';
import { createReviews } from '../mlstm4reco.js';

export default defineExperiment(createReviews('mlstm'));
