import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('triplet/', 'item-knn');
