import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('spotlight/ml-1m-2999-', 'ease');
