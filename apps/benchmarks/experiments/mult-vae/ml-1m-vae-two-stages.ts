import { defineExperiment, twoStaged } from '@footlight/trainer';
import { firstStage, ml1m } from '../mult-vae.js';

export default twoStaged(defineExperiment({ ...ml1m, ...firstStage }));
