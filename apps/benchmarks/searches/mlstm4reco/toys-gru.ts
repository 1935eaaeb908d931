import { createMlstmSearch } from '../mlstm4reco.js';

export default createMlstmSearch('toys', 'gru');
