import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('spotlight/implicit-ml-100k-', 'ials');
