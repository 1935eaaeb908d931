import { ml1m2999 } from '../../experiments/mult-vae.js';
import { createEaseSearch } from '../ease.js';

export default createEaseSearch(ml1m2999);
