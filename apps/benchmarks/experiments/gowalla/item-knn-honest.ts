import { defineExperiment } from '@footlight/trainer';
import { createItemKnn } from '../gowalla-solvers.js';

export default defineExperiment(createItemKnn({ neighbors: 50, weighting: 'bm25', shrink: 10 }));
