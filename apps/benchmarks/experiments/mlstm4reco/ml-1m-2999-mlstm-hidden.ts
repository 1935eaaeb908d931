import { defineExperiment } from '@footlight/trainer';
import { ablated } from '../mlstm4reco.js';

export default defineExperiment(ablated('mlstm', 'hidden'));
