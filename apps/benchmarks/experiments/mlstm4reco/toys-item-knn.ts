import { createBaseline } from '../../searches/baselines.js';

export default await createBaseline('mlstm4reco/toys-', 'item-knn');
