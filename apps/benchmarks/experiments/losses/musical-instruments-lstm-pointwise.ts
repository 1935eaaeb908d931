import { pointwiseLoss } from '@footlight/losses';
import { defineExperiment } from '@footlight/trainer';
import { createLstm } from '../losses.js';

export default defineExperiment(createLstm(pointwiseLoss()));
