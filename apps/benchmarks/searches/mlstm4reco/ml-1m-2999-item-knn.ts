import { createBaselineSearch } from '../baselines.js';

export default createBaselineSearch('mlstm4reco/ml-1m-2999-', 'item-knn');
