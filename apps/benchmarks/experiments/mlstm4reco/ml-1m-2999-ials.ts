import { createBaseline } from '../../searches/baselines.js';

export default await createBaseline('mlstm4reco/ml-1m-2999-', 'ials');
