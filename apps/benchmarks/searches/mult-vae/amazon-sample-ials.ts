import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('mult-vae/amazon-sample-', 'ials');
