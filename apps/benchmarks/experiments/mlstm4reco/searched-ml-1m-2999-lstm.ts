import search from '../../searches/mlstm4reco/ml-1m-2999-lstm.js';
import { createFound } from '../../searches/mlstm4reco.js';

export default await createFound(search);
