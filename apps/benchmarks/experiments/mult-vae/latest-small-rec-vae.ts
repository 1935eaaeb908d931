import { defineExperiment } from '@footlight/trainer';
import { latestSmall, recVaeTraining } from '../mult-vae.js';

export default defineExperiment({ ...latestSmall, ...recVaeTraining });
