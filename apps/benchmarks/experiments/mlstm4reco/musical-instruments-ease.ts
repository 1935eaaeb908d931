import { createBaseline } from '../../searches/baselines.js';

export default await createBaseline('mlstm4reco/musical-instruments-', 'ease');
