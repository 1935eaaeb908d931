import { defineExperiment } from '@footlight/trainer';
import { createAblation } from '../mlstm4reco.js';

export default defineExperiment(createAblation('gru'));
