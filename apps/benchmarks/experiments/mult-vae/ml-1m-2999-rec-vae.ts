import { defineExperiment } from '@footlight/trainer';
import { ml1m2999, recVaeTraining } from '../mult-vae.js';

export default defineExperiment({ ...ml1m2999, ...recVaeTraining });
