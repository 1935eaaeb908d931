import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('mult-vae/ml-1m-2999-', 'ials');
