import { random } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { measured } from '../triplet.js';

export default defineExperiment({ ...measured, model: random() });
