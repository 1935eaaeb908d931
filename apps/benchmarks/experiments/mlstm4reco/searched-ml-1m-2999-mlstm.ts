import search from '../../searches/mlstm4reco/ml-1m-2999-mlstm.js';
import { createFound } from '../../searches/mlstm4reco.js';

export default await createFound(search);
