import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('talk/', 'ease');
