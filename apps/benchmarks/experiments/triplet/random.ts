import { random } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { evaluation } from '../triplet.js';

export default defineExperiment({ ...evaluation, model: random() });
