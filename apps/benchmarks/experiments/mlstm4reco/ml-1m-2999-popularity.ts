import { defineExperiment } from '@footlight/trainer';
import { ablationPopularity } from '../mlstm4reco.js';

export default defineExperiment(ablationPopularity);
