import { defineExperiment } from '@footlight/trainer';
import { reviewPopularity } from '../mlstm4reco.js';

export default defineExperiment(reviewPopularity);
