import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('s3rec/toys-', 'ials');
