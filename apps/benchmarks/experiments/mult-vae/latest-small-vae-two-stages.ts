import { defineExperiment, twoStaged } from '@footlight/trainer';
import { firstStage, latestSmall } from '../mult-vae.js';

export default twoStaged(defineExperiment({ ...latestSmall, ...firstStage }));
