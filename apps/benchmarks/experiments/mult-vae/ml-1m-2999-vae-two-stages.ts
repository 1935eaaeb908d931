import { defineExperiment, twoStaged } from '@footlight/trainer';
import { firstStage, ml1m2999 } from '../mult-vae.js';

export default twoStaged(defineExperiment({ ...ml1m2999, ...firstStage }));
