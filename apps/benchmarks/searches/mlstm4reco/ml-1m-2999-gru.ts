import { createMlstmSearch } from '../mlstm4reco.js';

export default createMlstmSearch('ml-1m-2999', 'gru');
