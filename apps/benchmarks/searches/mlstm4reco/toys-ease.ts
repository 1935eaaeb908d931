import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('mlstm4reco/toys-', 'ease');
