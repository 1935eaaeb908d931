import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('talk/', 'item-knn');
