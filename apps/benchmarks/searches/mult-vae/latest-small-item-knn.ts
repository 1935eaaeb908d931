import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('mult-vae/latest-small-', 'item-knn');
