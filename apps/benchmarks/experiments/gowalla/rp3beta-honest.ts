import { defineExperiment } from '@footlight/trainer';
import { createRp3Beta } from '../gowalla-solvers.js';

export default defineExperiment(createRp3Beta({ neighbors: 50, alpha: 0.8, beta: 0.4 }));
