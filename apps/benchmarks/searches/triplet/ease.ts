import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('triplet/', 'ease');
