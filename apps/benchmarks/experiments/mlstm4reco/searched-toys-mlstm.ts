import search from '../../searches/mlstm4reco/toys-mlstm.js';
import { createFound } from '../../searches/mlstm4reco.js';

export default await createFound(search);
