import { defineExperiment } from '@footlight/trainer';
import { toysPopularity } from '../mlstm4reco.js';

export default defineExperiment(toysPopularity);
